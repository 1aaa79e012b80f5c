import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import type { FlagTable } from "../commands/shared/types.ts";
import { listWords, readFlags } from "./arguments.ts";

function usage(message: RegExp, hint: RegExp) {
  return (error: { code: string; message: string; hint: string }) =>
    error.code === "USAGE" && message.test(error.message) &&
    hint.test(error.hint);
}

const FLAGS = {
  id: { type: "string", value: "ID", env: "DOC_ID", required: true, help: "" },
  name: { type: "string", value: "NAME", help: "" },
  note: { type: "string", value: "NOTE", empty: true, help: "" },
  count: { type: "integer", min: 1, default: "20", help: "" },
  by: { type: "integer", help: "" },
  ttl: { type: "duration", help: "" },
  format: { type: "choice", choices: ["text", "json", "yaml"], help: "" },
  point: {
    type: "string",
    value: "X,Y",
    repeatable: true,
    parse: parsePoint,
    expects: "X,Y, such as 1,2",
    help: "",
  },
  loud: { type: "switch", help: "" },
} as const satisfies FlagTable;

function parsePoint(text: string): readonly number[] | undefined {
  const numbers = text.split(",").map(Number);
  return numbers.length === 2 ? numbers : undefined;
}

function read(
  given: Record<string, string[]>,
  env: Record<string, string> = { DOC_ID: "run-1" },
) {
  return readFlags(FLAGS, new Map(Object.entries(given)), (name) => env[name]);
}

Deno.test("readFlags() converts each type", () => {
  const flags = read({
    count: ["7"],
    by: ["-3"],
    ttl: ["90s"],
    format: ["yaml"],
    point: ["1,2", "3,4"],
    loud: [""],
    note: [""],
  });
  deepStrictEqual(flags, {
    id: "run-1",
    name: undefined,
    note: "",
    count: 7,
    by: -3,
    ttl: 90_000,
    format: "yaml",
    point: [[1, 2], [3, 4]],
    loud: true,
  });
});

Deno.test("readFlags() prefers the flag, then a variable that is not empty, then the default", () => {
  strictEqual(read({ id: ["a", "b"] }).id, "b");
  strictEqual(read({}).id, "run-1");
  strictEqual(read({}).count, 20);
  strictEqual(read({}).loud, false);
  deepStrictEqual(read({}).point, []);
  throws(
    () => read({}, { DOC_ID: "" }),
    usage(/--id is missing/, /^Pass --id ID or set DOC_ID$/),
  );
});

const MISTAKES: readonly [string, string, RegExp][] = [
  ["count", "0", /Write a whole number of 1 or more/],
  ["count", "1.5", /whole number/],
  [
    "by",
    "99999999999999999999",
    /Write a whole number from -9007199254740991 to 9007199254740991$/,
  ],
  ["by", "", /whole number/],
  ["ttl", "5 parsecs", /such as 300ms, 90s/],
  ["format", "xml", /Write text, json or yaml/],
  ["point", "1", /Write X,Y, such as 1,2/],
  ["name", "", /Write NAME, not an empty string/],
];

for (const [key, text, hint] of MISTAKES) {
  Deno.test(`readFlags() refuses --${key} "${text}" and says what to write`, () => {
    throws(
      () => read({ [key]: [text] }),
      usage(new RegExp(`^Cannot use --${key} "${text}"$`), hint),
    );
  });
}

Deno.test("listWords() joins words as in a sentence", () => {
  deepStrictEqual(
    [[], ["a"], ["a", "b"], ["a", "b", "c"]].map((words) => listWords(words)),
    ["", "a", "a or b", "a, b or c"],
  );
});
