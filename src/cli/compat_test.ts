import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { CliSession } from "../../tests/support/cli_session.ts";
import {
  COMMAND_KEYS,
  isCommand,
  OLD_FLAGS,
  type OldFlag,
} from "./compat_flags.ts";
import { readOldCommandLine } from "./compat.ts";
import { flagName } from "../commands/shared/command.ts";

function read(...argv: string[]) {
  return readOldCommandLine(argv, () => undefined);
}

async function isMisuse(
  argv: readonly string[],
  message: RegExp,
  hint: RegExp,
): Promise<void> {
  await rejects(
    read(...argv),
    (error: Error & { code: string; hint: string }) => {
      strictEqual(error.code, "USAGE");
      match(error.message, message);
      match(error.hint, hint);
      return true;
    },
  );
}

Deno.test("the old front door reads flags as argparse does", async () => {
  await using session = await CliSession.create({ a: "A", b: "{{ v }}" });
  const { path } = session;
  session.env = {};
  const cases: [readonly string[], string][] = [
    [["--config", `${path}/config.yaml`, "--id", "run-1", "--get", "a"], "A\n"],
    [[`--conf=${path}/config.yaml`, "--id=run-1", "--get=a"], "A\n"],
    [[
      "--id",
      "x",
      "--conf",
      `${path}/config.yaml`,
      "--id",
      "run-1",
      "--get",
      "b",
      "--tmpl",
      "v=1",
    ], "1\n"],
    [[
      "-l",
      "ERROR",
      "--conf",
      `${path}/config.yaml`,
      "--id",
      "run-1",
      "--get",
      "a",
    ], "A\n"],
    [[
      "-lERROR",
      "--conf",
      `${path}/config.yaml`,
      "--id",
      "run-1",
      "--get",
      "a",
    ], "A\n"],
  ];
  for (const [args, stdout] of cases) {
    deepStrictEqual(await session.run(...args), {
      code: 0,
      stdout,
      stderr: "",
    });
  }
});

const MISUSES: readonly [readonly string[], RegExp, RegExp][] = [
  [["--init", "x"], /--init is ambiguous/, /--init-new, .* or --init-cicd/],
  [["--lo"], /--lo is ambiguous/, /--load or --log-level/],
  [["--tt=7d"], /Unknown flag --tt/, /--ttl/],
  [["--history"], /--history: history is a command/, /cicdstatemgr history/],
  [["--diff", "3"], /--diff: diff is a command/, /cicdstatemgr diff \[A\]/],
  [["--rollback=3"], /--rollback: rollback is/, /cicdstatemgr rollback REV/],
  [["--list"], /--list: list is a command/, /cicdstatemgr list/],
  [["--delete-context", "a"], /remove is a command/, /cicdstatemgr remove/],
  [
    ["--load", "--dry-run"],
    /--dry-run needs a command/,
    /init, load and event/,
  ],
  [
    ["--load", "--output", "json"],
    /--output needs a command/,
    /of init, load/,
  ],
  [["--load", "--limit=3"], /--limit needs a command/, /of list and history/],
  [["--load", "--prefix", "a"], /--prefix needs a command/, /of list, remove/],
  [["--load", "--yes"], /--yes needs a command/, /flag of remove$/],
  [["--hist"], /Unknown flag --hist/, /help compat/],
  [["--set=a=1", "--ttl=1d", "--ttl=2d"], /--ttl is given twice/, /once/],
  [["--set=a=1", "--if-revision=1", "--if-revision=1"], /given twice/, /once/],
  [["--secret-file", "x"], /--secret-file/, /--secrets/],
  [["-x"], /Unknown flag -x/, /help compat/],
  [["--id", "--load"], /--id needs a value, found "--load"/, /--id=ID/],
  [["--id"], /--id needs a value$/, /--id ID/],
  [["--load=yes"], /--load takes no value/, /Write --load/],
  [["--get", "a", "stray"], /"stray": no flag takes it/, /quotes/],
  [["--id", "run-1"], /No command is given/, /--init-new, --load/],
  [["--get", "", "--id", "a"], /No command is given/, /empty value/],
  [["--set", "a=1", "--if-revision", ""], /--if-revision ""/, /revision/],
  [["--load", "--log-level", "LOUD"], /--log-level "LOUD"/, /DEBUG/],
];

for (const [argv, message, hint] of MISUSES) {
  Deno.test(`readOldCommandLine() refuses ${argv.join(" ")}`, () =>
    isMisuse(argv, message, hint));
}

/** A text that each flag with a value accepts. */
function sampleOf([key, flag]: [string, OldFlag]): string {
  const name = `--${flagName(key)}`;
  switch (flag.type) {
    case "switch":
      return name;
    case "integer":
      return `${name}=3`;
    case "duration":
      return `${name}=7d`;
    case "choice":
      return `${name}=${flag.choices[0]}`;
    default:
      return `${name}=${SAMPLES[key] ?? "a=b"}`;
  }
}

const SAMPLES: Readonly<Record<string, string>> = {
  ifRevision: "3",
  logLevel: "INFO",
  setJson: "a=1",
};

const ENTRIES: [string, OldFlag][] = Object.entries(OLD_FLAGS);

/** The flags that are not commands; the other forms of --set belong to a command. */
const MODIFIERS = ENTRIES.filter(([key]) =>
  !isCommand(key) && !["help", "version"].includes(key)
);

for (const command of COMMAND_KEYS) {
  const commandText = sampleOf(ENTRIES.find(([key]) => key === command)!);

  Deno.test(`readOldCommandLine() accepts with ${commandText} each flag that it has or that the Python tool ignored`, async () => {
    for (const entry of MODIFIERS) {
      if (isAccepted(entry, command)) await read(commandText, sampleOf(entry));
    }
  });

  Deno.test(`readOldCommandLine() refuses with ${commandText} each flag of other commands`, async () => {
    for (const entry of MODIFIERS) {
      if (isAccepted(entry, command)) continue;
      const [key, { with: owners = [] }] = entry;
      await isMisuse(
        [commandText, sampleOf(entry)],
        new RegExp(
          `^Cannot use --${flagName(key)} with --${flagName(command)}$`,
        ),
        new RegExp(owners.map((key) => `--${flagName(key)}`).join(".*")),
      );
    }
  });
}

function isAccepted([, flag]: [string, OldFlag], command: string): boolean {
  return flag.python || flag.with === undefined || flag.with.includes(command);
}
