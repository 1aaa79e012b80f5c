import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { programCommand } from "../support/program.ts";
import { Terminal } from "../support/terminal.ts";
import { Workspace } from "../support/workspace.ts";

const CONTEXT = {
  git: { sha: "1f2e", branch: "main" },
  "odd key": 1,
  list: ["a", { name: "b" }],
};

/** The variables of a shell that finds the program and its document. */
async function prepared(): Promise<
  { workspace: Workspace; env: Record<string, string> }
> {
  const workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { sqlite: { path: "state.db", isPrimary: true } },
      },
    },
    "app.yaml": { "cicd-contexts": { stage: CONTEXT } },
    "bin/cicdstatemgr": `#!/bin/sh\nexec ${
      programCommand(["--allow-all"]).join(" ")
    } "$@"\n`,
  });
  await Deno.chmod(`${workspace.path}/bin/cicdstatemgr`, 0o755);
  await workspace.run("init", "run-1", "--app-config", "app.yaml");
  const env = {
    PATH: `${workspace.path}/bin:${Deno.env.get("PATH")}`,
    HOME: workspace.path,
    CICDSTATEMGR_CONFIG_PATH: "config.yaml",
    CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
    LC_ALL: "C.UTF-8",
    PS1: "$ ",
    // Written when the shell is killed, while the folder is removed.
    HISTFILE: "",
  };
  return { workspace, env };
}

const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ["bash", "--noprofile", "--norc"],
  zsh: ["zsh", "-f"],
};
const SET_UP: Readonly<Record<string, string>> = {
  bash: "source <(cicdstatemgr completions bash); echo READY",
  zsh: "autoload -Uz compinit && compinit -u -D; PS1='$ '; " +
    "source <(cicdstatemgr completions zsh); echo READY",
};

/** How often Tab is pressed where nothing is completed. */
const MAX_ATTEMPTS = 20;
let marks = 0;

/** What is typed, before Tab is pressed once, and what stands there then. */
const COMPLETED: readonly [string, RegExp][] = [
  ["rollb", /\$ cicdstatemgr rollback $/m],
  ["help rollb", /\$ cicdstatemgr help rollback $/m],
  ["export --form", /\$ cicdstatemgr export --format $/m],
  ["export --format github-o", /--format github-output $/m],
  ["export --format=github-o", /--format=github-output $/m],
  ["get --id ru", /get --id run-1 $/m],
  ["get gi", /get git$/m],
  ["get git.b", /get git\.branch $/m],
  ["set git.b", /set git\.branch=$/m],
  ["get list\\[1].n", /get list\\?\[1\\?\]\.name $/m],
  ["render app.y", /render app\.yaml $/m],
];

/** Presses Tab until the line is completed: on a busy machine, the store is too slow. */
async function completes(
  terminal: Terminal,
  typed: string,
  shown: RegExp,
): Promise<void> {
  for (let attempt = 1;; attempt++) {
    // The screen has no blanks at the end of a line, so that a mark is typed after
    // them. It appears when Tab has done what it does.
    const mark = `<${++marks}`;
    await terminal.type("C-u", "C-l", `cicdstatemgr ${typed}`, "Tab", mark);
    const screen = await terminal.until(new RegExp(`${mark}$`, "m"));
    const completed = shown.source.replace(/\$$/, `${mark}$`);
    if (new RegExp(completed, "m").test(screen)) return;
    if (attempt === MAX_ATTEMPTS) match(screen, shown);
  }
}

for (const [shell, command] of Object.entries(SHELLS)) {
  Deno.test(`completions ${shell} completes in a real ${shell}`, async () => {
    const { workspace, env } = await prepared();
    await using _workspace = workspace;
    await using terminal = await Terminal.start(command, {
      cwd: workspace.path,
      env,
    });
    await terminal.until(/\S/);
    await terminal.type(SET_UP[shell]!, "Enter");
    await terminal.until(/^READY/m);
    for (const [typed, shown] of COMPLETED) {
      await completes(terminal, typed, shown);
    }
    await terminal.type("C-u", "C-l");
    // Whatever still completes has ended before the folder is removed.
    await terminal.type("C-u", "echo ENDED", "Enter");
    await terminal.until(/^ENDED/m);
  });
}

Deno.test("completions fish completes in a real fish", async () => {
  const { workspace, env } = await prepared();
  await using _workspace = workspace;
  const words = ["rollback", "github-output", "git.branch", "git.sha", "run-1"];
  const lines = ["rollb", "export --format github-o", "get git.", "get --id "];
  const complete = lines.map((line) => `complete -C 'cicdstatemgr ${line}'`);
  let found: string[] = [];
  // As in the other shells, more than one attempt may be needed.
  for (let i = 0; i < MAX_ATTEMPTS && found.length < words.length; i++) {
    const { stdout } = await new Deno.Command("fish", {
      args: [
        "--no-config",
        "-c",
        `cicdstatemgr completions fish | source; ${complete.join("; ")}`,
      ],
      cwd: workspace.path,
      env,
    }).output();
    found = new TextDecoder().decode(stdout).trimEnd().split("\n");
  }
  deepStrictEqual(found.map((line) => line.split("\t")[0]), words);
});

Deno.test("the scripts of completions are valid", async () => {
  await using workspace = await Workspace.create({});
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, stdout } = await workspace.run("completions", shell);
    strictEqual(code, 0);
    await Deno.writeTextFile(`${workspace.path}/script`, stdout);
    const { stderr } = await new Deno.Command(shell, {
      args: ["-n", `${workspace.path}/script`],
    }).output();
    strictEqual(new TextDecoder().decode(stderr), "");
  }
  const { code, stderr } = await workspace.run("completions", "tcsh");
  strictEqual(code, 2);
  match(stderr, /Write bash, zsh or fish/);
});
