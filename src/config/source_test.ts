import {
  deepStrictEqual,
  doesNotMatch,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { configFailure, configFile } from "../../tests/support/config.ts";
import type { CicdStateError } from "../errors.ts";
import { readSource, type Source, sourceError } from "./source.ts";

const APP = { what: "app config", naming: "the app config" };

async function withFile(
  text: string,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".yaml" });
  try {
    await Deno.writeTextFile(path, text);
    await use(path);
  } finally {
    await Deno.remove(path);
  }
}

function source(
  name: string,
  text: string,
  content: Source["content"],
): Source {
  return { name, label: `base file "${name}"`, content, text, isSecret: false };
}

Deno.test("readSource() reads a file by its path or its URL", async () => {
  await withFile("a: 1\n", async (path) => {
    for (const from of [path, new URL(`file://${path}`)]) {
      const { content, text, label } = await readSource(from, APP);
      deepStrictEqual(content, { a: 1 });
      strictEqual(text, "a: 1\n");
      strictEqual(label, `app config file "${from}"`);
    }
  });
});

Deno.test("readSource() takes an object as it is", async () => {
  const content = { a: 1 };
  deepStrictEqual(await readSource(content, APP), {
    name: "(app config object)",
    label: "the app config object",
    content,
    text: undefined,
    isSecret: false,
  });
});

Deno.test("readSource() says what a file without a mapping holds", async () => {
  for (
    const [text, what] of [["- a\n", "a list"], ["", "null"], [
      "1\n",
      "an integer",
    ]]
  ) {
    await withFile(text!, async (path) => {
      await rejects(readSource(path, APP), {
        code: "CONFIG",
        message: `Cannot use app config file "${path}": it holds ${what}`,
        hint: "Its top level must be a mapping",
      });
    });
  }
});

Deno.test("readSource() says which file is missing or is not UTF-8", async () => {
  await rejects(readSource("/none/app.yaml", APP), {
    code: "CONFIG",
    message: 'Cannot read app config file "/none/app.yaml": no such file',
    hint: "Check the path given as the app config",
  });
  await withFile("", async (path) => {
    await Deno.writeFile(path, new Uint8Array([0xff, 0xfe, 0x41]));
    await rejects(readSource(path, APP), /it is not UTF-8 text/);
  });
});

Deno.test("readSource() says in which line a file does not parse", async () => {
  await withFile("a: 1\n\tb: 2\n", async (path) => {
    await rejects(readSource(path, APP), {
      code: "CONFIG",
      message:
        `Cannot parse app config file "${path}" at line 2, column 2: expected a key of the mapping; check the indentation`,
      hint: "Indent with spaces, not tabs",
    });
  });
});

/** Texts that do not parse, each with hunter2 in the line that is wrong. */
const BROKEN = [
  "token: *hunter2",
  "token: !hunter2 x",
  "token: !<hunter2> x",
  "token: !hunter2!x y",
  "%TAG !hunter2! a\n%TAG !hunter2! b\n---\n!hunter2!x y",
  "token: !!int hunter2",
  "token: &hunter2 [*hunter2]",
  "token: hunter2: x",
  "token: 'hunter2",
  'token: "hunter2',
  'token: "\\hunter2"',
  "token: @hunter2",
  "token: %hunter2",
  "token: [hunter2",
  "token: {hunter2: ]",
  "? [hunter2]\n: x",
  "token: |9x hunter2\n",
  "\thunter2: x",
  "- hunter2\ntoken: x",
  "token: hunter2\n--- x\ny: z",
  "token: !<!hunter2^> x",
  "token: `hunter2`",
  "hunter2: \u0000",
];

for (const text of BROKEN) {
  Deno.test(`loadConfig() never quotes ${JSON.stringify(text)}`, async () => {
    const parse = /^Cannot (?:parse|use) (config|secrets) file/;
    const config = await configFailure(text);
    match(config, parse);
    doesNotMatch(config, /hunter|token/);
    const secrets = await configFailure(configFile(), text);
    match(secrets, parse);
    doesNotMatch(secrets, /hunter|token/);
  });
}

Deno.test("readSource() keeps no cause that quotes a file with secrets", async () => {
  await withFile("token: *hunter2\n", async (path) => {
    const error: CicdStateError = await readSource(path, APP)
      .then(() => undefined, (error) => error);
    strictEqual(error.cause, undefined);
    doesNotMatch(Deno.inspect(error), /hunter2/);
  });
});

Deno.test("sourceError() finds the file that a value comes from", async () => {
  const sources = [
    source("one.yaml", "a: {b: 1}\nl: [1, 2]\n", { a: { b: 1 }, l: [1, 2] }),
    source("two.yaml", "\na: {b: 2}\n", { a: { b: 2 } }),
  ];
  for (
    const [path, where] of [
      [["a", "b"], '"two.yaml" at line 2, column 8'],
      [["l", 1], '"one.yaml" at line 2, column 8'],
      [["l", 7], '"one.yaml" at line 2, column 1'],
      // Of what is missing, the first file that has most of the path.
      [["a", "c"], '"one.yaml" at line 1, column 1'],
      [["z"], '"one.yaml" at line 1, column 1'],
    ] as const
  ) {
    const problem = { path, message: "is wrong", hint: "" };
    const { message } = await sourceError([problem], sources);
    match(message, new RegExp(`^Cannot use base file ${where}: `));
  }
});

Deno.test("sourceError() reports the first problem of a file", async () => {
  const file = source("x.yaml", "a: 1\nb: 2\nc: 3\n", { a: 1, b: 2, c: 3 });
  const problems = ["c", "b"].map((key) => (
    { path: [key], message: "is wrong", hint: "Fix it" }
  ));
  strictEqual(
    (await sourceError(problems, [file])).message,
    'Cannot use base file "x.yaml" at line 2, column 4: "b" is wrong (and 1 more problem)',
  );
  // An object has no positions: the order stays.
  const object = { ...file, text: undefined, label: "the object" };
  strictEqual(
    (await sourceError(problems, [object])).message,
    'Cannot use the object: "c" is wrong (and 1 more problem)',
  );
});
