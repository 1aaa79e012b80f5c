// Measures whole processes, as a pipeline starts them, against an empty script:
// `deno task bench`. Times depend on the machine, ratios hardly do.
// `deno task bench --save` replaces bench/baseline.json.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { startRedis } from "../../tests/support/redis_server.ts";
import {
  type Case,
  type Place,
  prepareCommands,
  prepareSize,
} from "./cases.ts";
import { copyFolder, peakMiB, type Run, time } from "./process.ts";
import { compare, figureOf, type Figures, formatTable } from "./table.ts";

const ROOT = new URL("../../", import.meta.url);
const BASELINE = new URL("bench/baseline.json", ROOT);
const ROUNDS = 21;
const MEMORY_RUNS = 3;
const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];
const SIZE_ROUNDS = 7;

const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-bench-" });
const source = new URL("cli.ts", ROOT).pathname;
const bundle = `${folder}/cli.js`;
const empty = `${folder}/empty.ts`;
const figures: Figures = {};

/** How a command is started: the columns of the first table. */
interface Column {
  readonly name: string;
  readonly script: string;
  /** Returns the DENO_DIR of a run. */
  denoDir(): Promise<string | undefined>;
}

let copies = 0;

/** Warms a DENO_DIR with the bundle, as an image is built. */
async function warmDenoDir(cases: readonly Case[]): Promise<string> {
  const denoDir = `${folder}/deno-dir`;
  for (const { args } of cases) {
    await time({ script: bundle, args, denoDir }, folder);
  }
  return denoDir;
}

async function columnsOf(cases: readonly Case[]): Promise<Column[]> {
  const warm = await warmDenoDir(cases);
  const readOnly = `${folder}/deno-dir-read-only`;
  await copyFolder(warm, readOnly);
  await new Deno.Command("chmod", { args: ["-R", "a-w", readOnly] }).output();
  const next = () => `${folder}/deno-dir-${copies++}`;
  const own = () => Promise.resolve(undefined);
  return [
    { name: "source", script: source, denoDir: own },
    { name: "bundle", script: bundle, denoDir: own },
    {
      name: "fresh",
      script: bundle,
      denoDir: () => Promise.resolve(next()),
    },
    {
      name: "copied",
      script: bundle,
      async denoDir() {
        const copy = next();
        await copyFolder(warm, copy);
        return copy;
      },
    },
    {
      name: "read-only",
      script: bundle,
      denoDir: () => Promise.resolve(readOnly),
    },
  ];
}

/** Measures each run once, divided by the empty script just before it. */
async function ratio(run: Run): Promise<number> {
  const base = await time({ script: empty, args: [] }, folder);
  return await time(run, folder) / base;
}

async function measureCommands(cases: readonly Case[]): Promise<void> {
  const columns = await columnsOf(cases);
  const ratios = new Map<string, number[]>();
  // The first run of each fills Deno's own caches and is not counted.
  for (let round = -1; round < ROUNDS; round++) {
    for (const { name, args } of cases) {
      for (const column of columns) {
        const denoDir = await column.denoDir();
        const found = await ratio({ script: column.script, args, denoDir });
        const key = `${name}, ${column.name}`;
        if (round >= 0) ratios.set(key, [...ratios.get(key) ?? [], found]);
      }
    }
  }
  for (const [key, found] of ratios) figures[key] = figureOf(found);
  const rows: string[][] = [];
  for (const { name, args } of cases) {
    const peaks: number[] = [];
    for (let run = 0; run < MEMORY_RUNS; run++) {
      peaks.push(await peakMiB({ script: bundle, args }, folder));
    }
    const cells = columns.map((column) =>
      figures[`${name}, ${column.name}`]!.median.toFixed(2)
    );
    rows.push([name, ...cells, Math.max(...peaks).toFixed(0)]);
  }
  console.log(
    `\nTimes of an empty script with a warm cache; median of ${ROUNDS} rounds.\n` +
      "source, bundle: Deno's own cache, warm. fresh: an empty DENO_DIR. copied, read-only:\n" +
      "a DENO_DIR that was warmed before. MiB: peak memory, from the bundle.\n",
  );
  const names = columns.map(({ name }) => name);
  console.log(formatTable(["command", ...names, "MiB"], rows));
}

async function measureSizes(place: Place): Promise<void> {
  const rows: string[][] = [];
  const byCommand = new Map<string, number[]>();
  for (const bytes of SIZES) {
    for (const { name, args } of await prepareSize(place, bytes)) {
      const run = { script: bundle, args };
      const found: number[] = [];
      for (let round = 0; round < SIZE_ROUNDS; round++) {
        found.push(await ratio(run));
      }
      const figure = figureOf(found);
      figures[`${name}, ${bytes} bytes`] = figure;
      byCommand.set(name, [...byCommand.get(name) ?? [], figure.median]);
      const peak = await peakMiB(run, folder);
      rows.push([
        `${name}, ${bytes / 1000} kB`,
        figure.median.toFixed(2),
        peak.toFixed(0),
      ]);
    }
  }
  console.log(
    "\nDocuments by size, on SQLite with a JSON and a shell mirror, from the bundle:\n",
  );
  console.log(formatTable(["command", "ratio", "MiB"], rows));
  for (const [name, [, , small, large]] of byCommand) {
    const exponent = Math.log10((large! - 1) / (small! - 1));
    console.log(
      `${name} grows with the size to the power of ${
        exponent.toFixed(2)
      } from 1 to 10 MB`,
    );
  }
}

async function compareWithBaseline(): Promise<void> {
  if (Deno.args.includes("--save")) {
    await Deno.mkdir(new URL(".", BASELINE), { recursive: true });
    await Deno.writeTextFile(BASELINE, `${JSON.stringify(figures, null, 2)}\n`);
    console.log("\nSaved as bench/baseline.json");
    return;
  }
  const text = await Deno.readTextFile(BASELINE).catch(() => undefined);
  if (text === undefined) {
    console.log(
      "\nThere is no bench/baseline.json to compare with. Save one with --save.",
    );
    return;
  }
  const worse = compare(figures, JSON.parse(text));
  console.log(
    worse.length === 0
      ? "\nNothing is worse than bench/baseline.json by more than the noise."
      : `\nWorse than bench/baseline.json by more than the noise:\n${
        worse.join("\n")
      }`,
  );
}

const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  () => Response.json({ ok: true }),
);
try {
  await import("../bundle.ts");
  await copyFolder(new URL("dist", ROOT).pathname, folder);
  await Deno.writeTextFile(empty, "");
  await using redis = await startRedis();
  const place: Place = {
    folder,
    script: bundle,
    redisPort: redis.port,
    slackUrl: `http://127.0.0.1:${server.addr.port}/post`,
  };
  await measureCommands(await prepareCommands(place));
  await measureSizes(place);
  await compareWithBaseline();
} finally {
  await server.shutdown();
  await new Deno.Command("chmod", { args: ["-R", "u+w", folder] }).output();
  await Deno.remove(folder, { recursive: true });
}
