import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { CliSession } from "../../tests/support/cli_session.ts";
import { COMMANDS, loadCommands } from "../commands/registry.ts";
import { flagName, GLOBAL_FLAGS } from "../commands/shared/command.ts";
import { complete } from "./complete.ts";

const CONTEXT = {
  git: { sha: "1f2e" },
  list: ["a", { name: "b" }],
  odd: { "two words": 1, "dot.ted": 2, "e=q": 3, fine: 4, "\x1b[2J": 5 },
  pipelines: { build: { "event-handlers": { done: {} } }, deploy: {} },
};

/** Completes the last word, and returns the lines. */
async function completed(
  { env }: CliSession,
  words: readonly string[],
  shell = "bash",
): Promise<string[]> {
  // However busy the machine is, the store has the time that it needs.
  const text = await complete([shell, ...words], (name) => env[name], 60_000);
  return text.split("\n").slice(0, -1);
}

const CASES: readonly [readonly string[], readonly string[]][] = [
  [["rol"], ["rollback"]],
  [["help", "rol"], ["rollback"]],
  [["help", "compa"], ["compat"]],
  [["help", "get", ""], []],
  [["nope", ""], []],
  [["--set", ""], []],
  [["get", "--form"], []],
  [["get", "--ou"], ["--output"]],
  [["get", "--output", ""], ["text", "json", "yaml"]],
  [["get", "--output", "j"], ["json"]],
  [["get", "--output=y"], ["--output=yaml"]],
  [["get", "--raw=y"], []],
  [["get", "--output=json", "--outp"], []],
  [["get", "--log-level", "W"], ["WARNING"]],
  [["get", "-l", "W"], ["WARNING"]],
  [["get", "--var", "a=b", "--va"], ["--var"]],
  [["get", "--", "--ou"], []],
  [["get", "--config", ""], [":files"]],
  [["get", "--config=x"], [":files"]],
  [["render", "x"], [":files"]],
  [["get", "--id", "run"], ["run-1"]],
  [["remove", "run-1", "r"], ["run-1"]],
  [["get", "gi"], ["git", ":nospace"]],
  [["get", "git"], ["git", "git.sha", ":nospace"]],
  [["get", "git."], ["git.sha"]],
  [["get", "git.sha"], ["git.sha"]],
  [["get", "git.sha", "git.s"], ["git.sha"]],
  [["get", "--raw", "git.s"], ["git.sha"]],
  [["get", "--", "git.s"], ["git.sha"]],
  [["get", "list["], ["list[0]", "list[1]", ":nospace"]],
  [["get", "list[1]."], ["list[1].name"]],
  [["get", "odd."], ["odd.fine"]],
  [["get", "git.sha.x"], []],
  [["keys", "git", ""], []],
  [["set", "git.s"], ["git.sha=", ":nospace"]],
  [["set", "git.sha="], []],
  [["init", "x", "--set", "git.s"], ["git.sha=", ":nospace"]],
  [["event", ""], ["build", "deploy"]],
  [["event", "build", ""], ["done"]],
  [["event", "deploy", ""], []],
  [["history", "--limit", ""], []],
  [["exec", "gi"], ["git", ":nospace"]],
  [["exec", "git", ""], []],
  [["exec", "git", "--", ""], [":files"]],
  [["exec", "--", "x"], [":files"]],
  [["exec", "--", "make", "-"], [":files"]],
];

for (const [words, lines] of CASES) {
  Deno.test(`complete() completes ${JSON.stringify(words.join(" "))}`, async () => {
    await using session = await CliSession.create(CONTEXT);
    deepStrictEqual(await completed(session, words), lines);
  });
}

Deno.test("complete() knows every command and flag, and describes them", async () => {
  await using session = await CliSession.create(CONTEXT);
  const names = await completed(session, [""]);
  deepStrictEqual(names, [...Object.keys(COMMANDS), "help"]);
  for (const { name, flags } of await loadCommands()) {
    const lines = await completed(session, [name, "-"], "zsh");
    deepStrictEqual(
      lines.map((line) => line.split("\t")[0]),
      Object.keys({ ...flags, ...GLOBAL_FLAGS }).map((key) =>
        `--${flagName(key)}`
      ),
    );
    ok(lines.every((line) => /\t[^\t]+$/.test(line)), name);
  }
});

Deno.test("complete() reads the config and the document that the flags name", async () => {
  await using session = await CliSession.create(CONTEXT);
  await session.run("init", "other", "--set", "state.own=1");
  const config = session.env["CICDSTATEMGR_CONFIG_PATH"]!;
  session.env = {};
  deepStrictEqual(await completed(session, ["get", "state.o"]), []);
  deepStrictEqual(
    await completed(
      session,
      ["get", "--config", config, "--id=other", "state.o"],
    ),
    ["state.own"],
  );
});

Deno.test("complete() is silent where the store fails or does not answer", async () => {
  // It accepts connections and never says anything.
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using session = await CliSession.create(CONTEXT, {
    "silent.yaml": "cicdstatemgr: {datasources: {redis: {host: 127.0.0.1, " +
      `port: ${silent.addr.port}, isPrimary: true}}}`,
    "broken.yaml": "cicdstatemgr: [",
  });
  for (const name of ["silent.yaml", "broken.yaml", "missing.yaml"]) {
    const config = `${session.path}/${name}`;
    for (const words of [["gi"], ["--id", ""]]) {
      deepStrictEqual(
        await session.run(
          ...["__complete", "bash", "get", "--config", config, ...words],
        ),
        { code: 0, stdout: "", stderr: "" },
      );
    }
  }
  strictEqual((await completed(session, ["get", "--ou"])).length, 1);
});
