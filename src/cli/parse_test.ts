import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
  throws,
} from "node:assert/strict";
import { CliSession } from "../../tests/support/cli_session.ts";
import { COMMANDS, loadCommands } from "../commands/registry.ts";
import { readArguments, readCommandLine } from "./parse.ts";
import {
  commandLine,
  flagName,
  GLOBAL_FLAGS,
  valueName,
} from "../commands/shared/command.ts";
import type {
  Argument,
  Command,
  Flag,
  FlagTable,
} from "../commands/shared/types.ts";

const ENV: Readonly<Record<string, string>> = {
  CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
};

function read(...argv: readonly string[]) {
  return readCommandLine(argv, (name) => ENV[name]);
}

async function isMisuse(
  argv: readonly string[],
  message: RegExp,
  hint: RegExp,
): Promise<void> {
  await rejects(read(...argv), isUsage(message, hint));
}

/** Checks a usage error. */
function isUsage(message: RegExp, hint: RegExp) {
  return (error: Error & { code: string; hint: string }) => {
    strictEqual(error.code, "USAGE");
    match(error.message, message);
    match(error.hint, hint);
    return true;
  };
}

const MISUSES: readonly [readonly string[], RegExp, RegExp][] = [
  [["gte", "a"], /Unknown command "gte"/, /Did you mean get\?/],
  [["hist"], /Unknown command "hist"/, /Did you mean history\?/],
  [["toString"], /Unknown command "toString"/, /cicdstatemgr help/],
  [["zzzzzz"], /Unknown command "zzzzzz"/, /^See cicdstatemgr help/],
  [["get"], /PATH is missing/, /cicdstatemgr get PATH\.\.\. \[FLAGS\]/],
  [["get", "a", "--outptu=json"], /Unknown flag --outptu/, /--output\?/],
  [["get", "a", "--outp", "json"], /Unknown flag --outp/, /--output\?/],
  [["get", "a", "--zzzzzz"], /Unknown flag --zzzzzz/, /^See .* get --help$/],
  [["get", "a", "-x"], /Unknown flag -x/, /get --help/],
  [["get", "a", "--output", "xml"], /--output "xml"/, /text, json or yaml/],
  [["get", "a", "--output"], /--output needs a value/, /text\|json\|yaml/],
  [["set", "a"], /Cannot use PATH=VALUE "a"/, /such as state\.tag=v1/],
  [["set", "=a"], /Cannot use PATH=VALUE "=a"/, /PATH=VALUE/],
  [["list", "stray"], /Cannot use argument "stray"/, /cicdstatemgr list/],
  [["rollback", "zero"], /Cannot use REV "zero"/, /whole number of 1/],
  [["remove", ""], /Cannot use ID ""/, /not an empty string/],
];

for (const [argv, message, hint] of MISUSES) {
  Deno.test(`readCommandLine() refuses ${argv.join(" ")}`, () =>
    isMisuse(argv, message, hint));
}

const ALL = await loadCommands();

/** A command line with every argument and flag that the command needs, and more flags. */
function minimal(
  { name, arguments: table, flags }: Command,
  more: readonly string[] = [],
): string[] {
  const texts = Object.values(table)
    .filter(({ optional }) => !optional)
    .flatMap((argument) => [
      ...argument.afterDashes ? ["--"] : [],
      validText(argument),
    ]);
  const required = Object.entries(flags)
    .filter(([, { required, env }]) => required && env === undefined)
    .map(([key, flag]) => `--${flagName(key)}=${validText(flag)}`);
  return [name, ...required, ...more, ...texts];
}

function validText(type: Flag | Argument): string {
  if (type.type === "choice") return type.choices[0]!;
  return type.type === "integer" ? "3" : "a=b";
}

function written(key: string, flag: Flag): string {
  return flag.type === "switch"
    ? `--${flagName(key)}`
    : `--${flagName(key)}=${valueName(flag)}`;
}

const FLAGS = new Map<string, { flag: Flag; owners: string[] }>();
for (const { name, flags } of ALL) {
  for (const [key, flag] of Object.entries(flags)) {
    const known = FLAGS.get(key);
    if (known === undefined) FLAGS.set(key, { flag, owners: [name] });
    else known.owners.push(name);
  }
}

for (const command of ALL) {
  Deno.test(`readCommandLine() refuses with ${command.name} each flag of other commands, and names them`, async () => {
    for (const [key, { flag, owners }] of FLAGS) {
      if (owners.includes(command.name)) continue;
      await isMisuse(
        minimal(command, [written(key, flag)]),
        new RegExp(`^Command ${command.name} has no flag --${flagName(key)}$`),
        new RegExp(`^It is a flag of ${owners.join("(, | and )")}$`),
      );
    }
  });
}

for (const command of ALL) {
  Deno.test(`readCommandLine() refuses with ${command.name} a flag with one value that is given twice`, async () => {
    const table: FlagTable = { ...command.flags, ...GLOBAL_FLAGS };
    for (const [key, flag] of Object.entries(table)) {
      if (flag.type === "switch" || flag.repeatable) continue;
      const twice = [written(key, flag), written(key, flag)];
      await isMisuse(
        minimal(command, twice),
        new RegExp(`^Flag --${flagName(key)} is given twice$`),
        /once/,
      );
    }
  });

  Deno.test(`readCommandLine() refuses with ${command.name} a flag without the one that it needs`, async () => {
    for (const [key, flag] of Object.entries<Flag>(command.flags)) {
      if (flag.needs === undefined) continue;
      const label = `--${flagName(key)}`;
      const needed = `--${flagName(flag.needs)}`;
      await isMisuse(
        minimal(command, [written(key, flag)]),
        new RegExp(`^Flag ${label} needs ${needed}$`),
        new RegExp(`Add ${needed}, or leave ${label} out`),
      );
    }
  });
}

Deno.test("readCommandLine() accepts each command without its optional parts", async () => {
  for (const command of ALL) {
    const env = (name: string) => ENV[name] ?? "x";
    await readCommandLine(minimal(command), env);
  }
});

Deno.test("COMMANDS lists each command under its own name", async () => {
  for (const [name, load] of Object.entries(COMMANDS)) {
    strictEqual((await load()).default.name, name);
  }
});

Deno.test("no command hides a global flag, and only the last argument may be optional or repeat", () => {
  for (const { name, flags, arguments: table } of ALL) {
    for (const key of Object.keys(flags)) {
      strictEqual(Object.hasOwn(GLOBAL_FLAGS, key), false, `${name} ${key}`);
    }
    // What follows -- does not belong to the order.
    const parts = Object.values(table).filter((part) => !part.afterDashes);
    const repeating = parts.findIndex(({ repeatable }) => repeatable);
    strictEqual(repeating < 0 || repeating === parts.length - 1, true, name);
    const optional = parts.findIndex(({ optional }) => optional);
    if (optional < 0) continue;
    strictEqual(parts.slice(optional).every((part) => part.optional), true);
  }
});

Deno.test("readCommandLine() takes flags before, between and behind arguments", async () => {
  await using session = await CliSession.create({ a: "A", c: "C" });
  const lines = [
    ["get", "--output", "json", "a", "--", "c"],
    ["get", "a", "--output=json", "--", "c"],
    ["get", "--output=json", "--", "a", "c"],
  ];
  for (const args of lines) {
    const { stdout } = await session.run(...args);
    deepStrictEqual(JSON.parse(stdout), { a: "A", c: "C" });
  }
});

Deno.test("readCommandLine() prints the help of a command, whatever else is wrong", async () => {
  for (
    const argv of [["get", "--help"], ["get", "-h"], ["get", "--bad", "--help"]]
  ) {
    const invocation = await read(...argv);
    match(
      "print" in invocation ? invocation.print : "",
      /Usage: cicdstatemgr get/,
    );
  }
  await isMisuse(["get", "--default", "--"], /needs a value/, /--default/);
});

Deno.test("commandLine() of every command is unique", () => {
  const lines = ALL.map((command) => commandLine(command));
  strictEqual(new Set(lines).size, lines.length);
});

const ARGUMENTS = {
  from: { type: "integer", value: "A", help: "" },
  words: {
    type: "string",
    value: "WORD",
    optional: true,
    repeatable: true,
    help: "",
  },
} as const;

Deno.test("readArguments() converts arguments in order", () => {
  deepStrictEqual(readArguments(ARGUMENTS, ["1", "a", "b"], ""), {
    from: 1,
    words: ["a", "b"],
  });
  deepStrictEqual(readArguments(ARGUMENTS, ["1"], ""), { from: 1, words: [] });
});

Deno.test("readArguments() says what is missing, wrong or too much", () => {
  const line = "cicdstatemgr toy A [WORD...]";
  throws(
    () => readArguments(ARGUMENTS, [], line),
    isUsage(/Argument A is missing/, /Write cicdstatemgr toy A/),
  );
  throws(
    () => readArguments(ARGUMENTS, ["x"], line),
    isUsage(/Cannot use A "x"/, /whole number/),
  );
  throws(
    () => readArguments({ from: ARGUMENTS.from }, ["1", "2"], line),
    isUsage(/Cannot use argument "2"/, /quotes/),
  );
});

Deno.test("readCommandLine() hands what follows -- to the argument that takes it", async () => {
  await isMisuse(
    ["exec", "state", "--id", "x"],
    /^Argument CMD is missing$/,
    /^Write -- before the command: cicdstatemgr exec \[PATH\] -- CMD\.\.\. \[FLAGS\]$/,
  );
  const table = {
    path: { type: "string", value: "PATH", optional: true, help: "" },
    argv: { ...ARGUMENTS.words, empty: true, afterDashes: true },
  } as const;
  const texts = ["state", "make", "--id", ""];
  deepStrictEqual(readArguments(table, texts, "", 3), {
    path: "state",
    argv: ["make", "--id", ""],
  });
  deepStrictEqual(readArguments(table, texts.slice(1), "", 3), {
    path: undefined,
    argv: ["make", "--id", ""],
  });
  throws(
    () => readArguments(table, ["state", "make"], "", 0),
    isUsage(/Cannot use argument "make"/, /Write/),
  );
});
