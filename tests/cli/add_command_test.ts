import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { Workspace } from "../support/workspace.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** A command as CONTRIBUTING.md says to write one: a file, and a row. */
const COMMAND = `import { command, DOCUMENT } from "../shared/command.ts";

export default command({
  name: "shout",
  group: "Values",
  summary: "Print a value in capitals",
  arguments: {
    path: { type: "string", value: "PATH", help: "Where the value is." },
  },
  flags: {
    ...DOCUMENT,
    times: { type: "integer", min: 1, default: "1", help: "How often." },
  },
  examples: [{ line: "shout state.tag --times 2", help: "Shout twice" }],
  async run({ args: { path }, flags, open, out }) {
    const manager = await open();
    const value = String(await manager.get(flags.id, path)).toUpperCase();
    out(\`\${value}!\`.repeat(flags.times) + "\\n");
  },
});
`;
const ROW = `    shout: () => import("./values/shout.ts"),\n`;

Deno.test("a new command is one file and one row", async () => {
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { sqlite: { path: "state.db", isPrimary: true } },
      },
    },
    "app.yaml": "cicd-contexts: {stage: {a: hey}}",
    "program/src/commands/values/shout.ts": COMMAND,
  });
  const program = `${workspace.path}/program`;
  await copy(ROOT, program, ["cli.ts", "deno.json", "deno.lock", "src"]);
  const registry = `${program}/src/commands/registry.ts`;
  const text = await Deno.readTextFile(registry);
  const row = /^ *get: .*\n/m;
  await Deno.writeTextFile(
    registry,
    text.replace(row, (line) => line + ROW),
  );
  workspace.program = `${program}/cli.ts`;

  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  deepStrictEqual(await workspace.run("shout", "a", "--times", "2"), {
    code: 0,
    stdout: "HEY!HEY!\n",
    stderr: "",
  });
  const help = await workspace.run("help");
  match(help.stdout, / {2}shout PATH +Print a value in capitals\n/);
  const own = await workspace.run("shout", "--help");
  match(own.stdout, /--times N\n +How often\. \[default: 1\]/);
  const missing = await workspace.run("shout");
  match(missing.stderr, /Write cicdstatemgr shout PATH \[FLAGS\]/);
  const elsewhere = await workspace.run("get", "a", "--times", "2");
  match(elsewhere.stderr, /get has no flag --times\. It is a flag of shout\./);
  const misspelt = await workspace.run("shuot", "a");
  match(misspelt.stderr, /Did you mean shout\?/);

  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--no-lock", `${program}/cli.ts`],
  }).output();
  strictEqual(success, true);
});

async function copy(
  from: string,
  to: string,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const source = `${from}/${name}`;
    if ((await Deno.stat(source)).isFile) {
      await Deno.copyFile(source, `${to}/${name}`);
      continue;
    }
    await Deno.mkdir(`${to}/${name}`, { recursive: true });
    const inner = await Array.fromAsync(Deno.readDir(source));
    await copy(source, `${to}/${name}`, inner.map((entry) => entry.name));
  }
}
