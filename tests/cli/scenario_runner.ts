import { parseJson } from "../../src/formats/json.ts";
import { parseYaml } from "../../src/formats/yaml.ts";
import type { Value } from "../../src/values.ts";
import { programCommand } from "../support/program.ts";
import { redisCli } from "../support/redis_cli.ts";
import { type RedisServer, startRedis } from "../support/redis_server.ts";
import { startRecorder } from "./recorder.ts";
import {
  mapTexts,
  type Outcome,
  type Place,
  type Scenario,
  type Step,
  type StepOutcome,
} from "./scenario.ts";

const CALL_LIMIT_MS = 20_000;
/** A port of every machine's where nothing listens. */
const DEAD_PORT = "1";
const PERMISSIONS = [
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-net=127.0.0.1",
];
// The user and the passwords that the scenarios' configs name.
const ACL_USER = "ferryman";
const ACL_PASSWORD = "lantern-and-rope";
const SERVER_PASSWORD = "harbour-bell";
const ABSENT = { absent: true } as const;
/** Prints name, NUL, value, NUL of each variable that the file sets. */
const PRINT_VARIABLES = '. "$1" >/dev/null; ' +
  'for v in "${!CICD_@}"; do printf "%s\\0%s\\0" "$v" "${!v}"; done';

/** Plays scenarios, all on the same two Redis servers. */
export class ScenarioRunner implements AsyncDisposable {
  readonly #open: RedisServer;
  readonly #locked: RedisServer;

  private constructor(open: RedisServer, locked: RedisServer) {
    this.#open = open;
    this.#locked = locked;
  }

  /** Starts the servers. */
  static async start(): Promise<ScenarioRunner> {
    const user = `user ${ACL_USER} on >${ACL_PASSWORD} ~* +@all`;
    return new ScenarioRunner(
      await startRedis({ config: [user] }),
      await startRedis({ password: SERVER_PASSWORD }),
    );
  }

  /** Plays one scenario in a folder of its own. */
  async play(scenario: Scenario): Promise<Outcome> {
    const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-scenario-" });
    await using recorder = startRecorder();
    const fill = (text: string): string =>
      text
        .replaceAll("@DIR@", folder)
        .replaceAll("@DEAD_PORT@", DEAD_PORT)
        .replaceAll("@REDIS_PORT@", String(this.#open.port))
        .replaceAll("@REDIS_AUTH_PORT@", String(this.#locked.port))
        .replaceAll("@HTTP@", recorder.url);
    const blank = (text: string): string =>
      text.replaceAll(recorder.url, "@HTTP@").replaceAll(folder, "@DIR@");
    try {
      const {
        files = {},
        seed = [],
        http = {},
        env = {},
        steps,
        collect = [],
      } = mapTexts(scenario, fill);
      recorder.follow(http);
      await writeFiles(folder, files);
      for (const { id, text, db = 0, server } of seed) {
        await redisCli(this.#server(server), ["SET", id], { db, input: text });
      }
      const outcomes: StepOutcome[] = [];
      for (const step of steps) outcomes.push(await call(folder, env, step));
      const found = await this.#collect(folder, collect);
      return mapTexts(
        { ...found, steps: outcomes, http: recorder.requests },
        blank,
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }

  #server(name: Place["server"]): RedisServer {
    return name === "auth" ? this.#locked : this.#open;
  }

  async #collect(
    folder: string,
    places: readonly Place[],
  ): Promise<Pick<Outcome, "docs" | "texts" | "shells">> {
    const docs: Outcome["docs"][number][] = [];
    const texts: Outcome["texts"][number][] = [];
    const shells: Outcome["shells"][number][] = [];
    for (const place of places) {
      const text = place.kind === "redis"
        ? await this.#redisText(place)
        : await fileText(`${folder}/${place.path}`);
      if (place.kind === "idfile") {
        texts.push({ ...place, ...(text === undefined ? ABSENT : { text }) });
      } else if (place.kind === "shellfile") {
        const path = `${folder}/${place.path}`;
        shells.push({
          ...place,
          ...(text === undefined
            ? ABSENT
            : { vars: await shellVariables(path) }),
        });
      } else {
        docs.push({
          ...place,
          ...(text === undefined
            ? ABSENT
            : { value: parseDocument(place, text) }),
        });
      }
    }
    return { docs, texts, shells };
  }

  async #redisText(
    { server, id = "", db = 0 }: Place,
  ): Promise<string | undefined> {
    const redis = this.#server(server);
    if (await redisCli(redis, ["EXISTS", id], { db }) === "0") return undefined;
    return await redisCli(redis, ["GET", id], { db });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open[Symbol.asyncDispose]();
    await this.#locked[Symbol.asyncDispose]();
  }
}

async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const target = `${folder}/${path}`;
    await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), {
      recursive: true,
    });
    await Deno.writeTextFile(target, text);
  }
}

async function call(
  folder: string,
  env: Readonly<Record<string, string>>,
  step: Step,
): Promise<StepOutcome> {
  const cwd = `${folder}/${step.cwd ?? "."}`;
  await Deno.mkdir(cwd, { recursive: true });
  const limit = AbortSignal.timeout(CALL_LIMIT_MS);
  const [command, ...first] = programCommand(PERMISSIONS);
  const { code, stdout, stderr } = await new Deno.Command(command!, {
    args: [...first, ...step.args],
    cwd,
    env: { ...plainEnvironment(), ...env, ...step.env },
    clearEnv: true,
    stdin: "null",
    signal: limit,
  }).output();
  return {
    exit: limit.aborted ? "timeout" : code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  };
}

/** What a pipeline's task has, without what would steer our CLI. */
function plainEnvironment(): Record<string, string> {
  const own = Object.entries(Deno.env.toObject())
    .filter(([name]) => !/^CICD|_proxy$/i.test(name));
  return { ...Object.fromEntries(own), LC_ALL: "C.UTF-8", TZ: "UTC" };
}

async function fileText(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function parseDocument(place: Place, text: string): Value {
  // What is stored in Redis is YAML for every reader but ours.
  return place.kind === "jsonfile" ? parseJson(text) : parseYaml(text);
}

async function shellVariables(path: string): Promise<Record<string, string>> {
  const { stdout } = await new Deno.Command("bash", {
    args: ["--noprofile", "--norc", "-c", PRINT_VARIABLES, "bash", path],
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C.UTF-8" },
    clearEnv: true,
  }).output();
  const parts = new TextDecoder().decode(stdout).split("\0");
  const variables: Record<string, string> = {};
  for (let index = 0; index + 1 < parts.length; index += 2) {
    variables[parts[index]!] = parts[index + 1]!;
  }
  return variables;
}
