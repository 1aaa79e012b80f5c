import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  checkReads,
  checkTable,
  problemsOf,
  show,
} from "../../tests/support/schema.ts";
import { Float, Timestamp, type Value } from "../values.ts";
import {
  anything,
  boolean,
  choice,
  duration,
  either,
  integer,
  readValue,
  string,
} from "./schema.ts";

const ANY = [null, true, 1, "a", [], {}];

checkTable("string()", {
  schema: string(),
  reads: [
    ["text", "text"],
    [" spaced ", " spaced "],
    // A password of digits is a number in YAML.
    [1234, "1234"],
    [-1.5, "-1.5"],
    [new Float(2), "2.0"],
    [2n ** 64n, "18446744073709551616"],
  ],
  refuses: [
    ["", "is an empty string. It must be a string"],
    ["  ", 'is "  ". It must be a string'],
    [true, "is true. It must be a string"],
    [null, "is null. It must be a string"],
    [[], "is a list. It must be a string"],
    [{}, "is a mapping. It must be a string"],
    [
      new Timestamp("2020-01-01", "date"),
      "is a date. It must be a string",
    ],
  ],
});

checkTable("string() with mayBeEmpty", {
  schema: string({ mayBeEmpty: true }),
  reads: [["", ""], [" ", " "], ["a", "a"]],
  refuses: [[false, "is false. It must be a string"]],
});

checkTable("string() with isSecret", {
  schema: string({ isSecret: true }),
  reads: [["hunter2", "hunter2"]],
  refuses: [
    [true, "is a boolean. It must be a string"],
    ["   ", "is a string. It must be a string"],
  ],
});

checkTable("integer()", {
  schema: integer(),
  reads: [[0, 0], [6379, 6379], ["42", 42]],
  refuses: [
    [-1, "is -1. It must be an integer of 0 or more"],
    [1.5, "is 1.5. It must be an integer of 0 or more"],
    ["x", 'is "x". It must be an integer of 0 or more'],
    ["-1", 'is "-1". It must be an integer of 0 or more'],
    ["1.0", 'is "1.0". It must be an integer of 0 or more'],
    ["", "is an empty string. It must be an integer of 0 or more"],
    [false, "is false. It must be an integer of 0 or more"],
    [null, "is null. It must be an integer of 0 or more"],
    [[1], "is a list. It must be an integer of 0 or more"],
    [new Float(1), "is 1.0. It must be an integer of 0 or more"],
    [
      2n ** 64n,
      "is 18446744073709551616. It must be an integer of 0 or more",
    ],
    [
      "a string of more than forty characters, which is cut",
      "is a string. It must be an integer of 0 or more",
    ],
  ],
});

checkTable("integer() with bounds", {
  schema: integer({ min: 1, max: 10 }),
  reads: [[1, 1], [10, 10], ["7", 7]],
  refuses: [
    [0, "is 0. It must be an integer from 1 to 10"],
    [11, "is 11. It must be an integer from 1 to 10"],
  ],
});

checkTable("boolean()", {
  schema: boolean(),
  reads: [[true, true], [false, false]],
  refuses: [
    ["yes", 'is "yes". It must be true or false'],
    [0, "is 0. It must be true or false"],
    [null, "is null. It must be true or false"],
  ],
});

checkTable("choice()", {
  schema: choice(["warn", "fail", "send"]),
  reads: [["warn", "warn"], ["send", "send"]],
  refuses: [
    ["wran", 'is "wran". Did you mean "warn"? It must be warn, fail or send'],
    ["ignore", 'is "ignore". It must be warn, fail or send'],
    [false, "is false. It must be warn, fail or send"],
    [["warn"], "is a list. It must be warn, fail or send"],
  ],
});

const WRITE_DURATION = "Write a number and a unit: 300ms, 90s, 10m, 4h or 7d";

checkTable("duration()", {
  schema: duration(),
  reads: [
    ["300ms", 300],
    ["90s", 90_000],
    ["10m", 600_000],
    ["4h", 14_400_000],
    ["7d", 604_800_000],
    ["0", 0],
    [0, 0],
  ],
  refuses: [
    ["7 days", `is "7 days". ${WRITE_DURATION}`],
    ["-5s", `is "-5s". ${WRITE_DURATION}`],
    [90, `is 90. ${WRITE_DURATION}`],
    [-1, `is -1. ${WRITE_DURATION}`],
    [{}, `is a mapping. ${WRITE_DURATION}`],
  ],
});

for (const value of ANY) {
  Deno.test(`anything() reads ${show(value)}`, () => {
    checkReads<Value>(anything(), value, value);
  });
}

Deno.test("integer() tells an open end from a bound in its JSON Schema", () => {
  deepStrictEqual(integer({ description: "A count.", default: 3 }).json(), {
    type: ["integer", "string"],
    pattern: "^[0-9]+$",
    minimum: 0,
    description: "A count.",
    default: 3,
  });
  strictEqual(integer({ max: 10 }).json()["maximum"], 10);
});

Deno.test("readValue() reports paths from the given one, or from the top", () => {
  deepStrictEqual(readValue(boolean(), 1), {
    ok: false,
    problems: [{
      path: [],
      message: "is an integer",
      found: "1",
      hint: "It must be true or false",
    }],
  });
  deepStrictEqual(problemsOf(boolean(), null), [
    "at is null. It must be true or false",
  ]);
});

Deno.test("either() joins words as a sentence does", () => {
  strictEqual(either(["a"]), "a");
  strictEqual(either(["a", "b"]), "a or b");
  strictEqual(either(["a", "b", "c"]), "a, b or c");
});
