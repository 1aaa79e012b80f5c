import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  checkReads,
  checkRefuses,
  checkTable,
  editorAccepts,
  problemsOf,
} from "../../tests/support/schema.ts";
import type { Mapping } from "../values.ts";
import {
  booleanOr,
  list,
  mapping,
  nullable,
  object,
  once,
  present,
  record,
  required,
} from "./composite.ts";
import { readOrThrow } from "./error.ts";
import {
  anything,
  boolean,
  choice,
  integer,
  readValue,
  type Schema,
  string,
} from "./schema.ts";

const SERVER = object({
  "host": required(string()),
  "port": integer({ max: 9 }),
  "ca-file": string(),
  "on-error": choice(["warn", "fail"]),
});

const KNOWN = "Known keys: host, port, ca-file, on-error";

checkTable("object()", {
  schema: SERVER,
  reads: [
    [{ host: "a" }, { host: "a" }],
    [{ "host": "a", "ca-file": "x" }, { host: "a", caFile: "x" }],
    // A key without a value counts as missing.
    [{ "host": "a", "port": null, "on-error": null }, { host: "a" }],
  ],
  refuses: [
    [[], "is a list. It must be a mapping"],
    ["a", 'is "a". It must be a mapping'],
    [null, "is null. It must be a mapping"],
  ],
});

for (
  const [value, ...problems] of [
    [{}, "at.host is missing. Write host: here"],
    [{ host: null }, "at.host is missing. Write host: here"],
    [
      { host: "a", zebra: 1 },
      `key at.zebra is not a known key. ${KNOWN}`,
    ],
    [
      { host: "a", "ca-fiel": "x" },
      `key at.ca-fiel is not a known key. Did you mean "ca-file"? ${KNOWN}`,
    ],
    // The misspelt key is the missing one: one problem, not two.
    [
      { hots: "a" },
      `key at.hots is not a known key. Did you mean "host"? ${KNOWN}`,
    ],
    // A closed mapping suggests a key that is there already.
    [
      { host: "a", port: 1, prot: 2 },
      `key at.prot is not a known key. Did you mean "port"? ${KNOWN}`,
    ],
    [
      { "host": "", "port": 10, "on-error": "wran" },
      "at.host is an empty string. It must be a string",
      "at.port is 10. It must be an integer from 0 to 9",
      'at.on-error is "wran". Did you mean "warn"? It must be warn or fail',
    ],
  ] as const
) {
  Deno.test(`object() refuses ${JSON.stringify(value)}`, () => {
    checkRefuses(SERVER, { ...value }, ...problems);
  });
}

const OPEN = object({
  "url": string(),
  "if": string(),
  "args": mapping(),
  "message": required(string()),
}, { isOpen: true });

for (
  const [value, problem] of [
    [{ ulr: "x" }, "ulr", "url"],
    [{ arg: {} }, "arg", "args"],
    [{ messages: "x" }, "messages", "message"],
  ].map(([value, key, near]) =>
    [
      value as Mapping,
      `key at.${key} is not a known key. ` +
      `Did you mean "${near}"? A key of your own needs another name`,
    ] as const
  )
) {
  Deno.test(`object() that is open refuses ${JSON.stringify(value)}`, () => {
    deepStrictEqual(problemsOf(OPEN, { message: "m", ...value }), [
      ...Object.hasOwn(value, "messages") ? [] : [problem],
    ]);
  });
}

for (
  const own of [
    { channel: "#a" },
    // The known key is there, so that this one is another.
    { url: "x", urls: [] },
    // A list is not a URL, so nobody meant one.
    { urls: [] },
    { arg: "text" },
    // Two letters are near everything.
    { id: "7", of: "x" },
  ]
) {
  Deno.test(`object() that is open leaves ${JSON.stringify(own)} alone`, () => {
    checkReads(OPEN, { message: "m", ...own } as Mapping, {
      message: "m",
      ..."url" in own ? { url: own.url } : {},
    });
  });
}

Deno.test("object() ignores what its prototype has", () => {
  deepStrictEqual(
    problemsOf(SERVER, JSON.parse('{"host": "a", "__proto__": {"port": 1}}')),
    [`key at.__proto__ is not a known key. Did you mean "port"? ${KNOWN}`],
  );
  deepStrictEqual(problemsOf(SERVER, { constructor: "a", host: "b" }), [
    `key at.constructor is not a known key. ${KNOWN}`,
  ]);
});

Deno.test("present() wants a key, if only as null", () => {
  const schema = object({ from: present(string()) });
  checkReads(schema, { from: null }, { from: undefined });
  checkReads(schema, { from: "a" }, { from: "a" });
  checkRefuses(schema, {}, "at.from is missing. Write from: here");
});

Deno.test("object() leaves keys out of a partial JSON Schema's required ones", () => {
  strictEqual(editorAccepts(SERVER.json(), { port: 1 }), false);
  strictEqual(editorAccepts(SERVER.json(true), { port: 1 }), true);
  strictEqual(editorAccepts(SERVER.json(true), { port: "x" }), false);
  const nested = record(SERVER);
  strictEqual(editorAccepts(nested.json(), { a: {} }), false);
  strictEqual(editorAccepts(nested.json(true), { a: {} }), true);
  // Lists are not merged: what is missing in an item stays missing.
  const items = list(SERVER);
  strictEqual(editorAccepts(items.json(true), [{}]), false);
});

checkTable("mapping()", {
  schema: mapping(),
  reads: [[{}, {}], [{ a: [1] }, { a: [1] }]],
  refuses: [[[], "is a list. It must be a mapping"]],
});

checkTable("list()", {
  schema: list(boolean()),
  reads: [[[], []], [[true, false], [true, false]]],
  refuses: [
    [{}, "is a mapping. It must be a list"],
    [true, "is true. It must be a list"],
    [null, "is null. It must be a list"],
  ],
});

Deno.test("list() says which item is wrong", () => {
  checkRefuses(
    list(integer()),
    [1, "x", 2, null],
    'at[1] is "x". It must be an integer of 0 or more',
    "at[3] is null. It must be an integer of 0 or more",
  );
});

checkTable("record()", {
  schema: record(integer()),
  reads: [
    [{}, new Map()],
    [{ b: 1, a: 2 }, new Map([["b", 1], ["a", 2]])],
  ],
  refuses: [["x", 'is "x". It must be a mapping']],
});

Deno.test("record() reads keys of any name and says which value is wrong", () => {
  const value = JSON.parse('{"__proto__": 1, "ok": 2}');
  checkReads(record(integer()), value, new Map([["__proto__", 1], ["ok", 2]]));
  checkRefuses(
    record(integer()),
    { a: -1 },
    "at.a is -1. It must be an integer of 0 or more",
  );
});

checkTable("nullable()", {
  schema: nullable(integer()),
  reads: [[null, undefined], [1, 1]],
  refuses: [["x", 'is "x". It must be an integer of 0 or more']],
});

checkTable("booleanOr()", {
  schema: booleanOr(mapping()),
  reads: [[true, true], [false, false], [{ a: 1 }, { a: 1 }]],
  refuses: [["x", 'is "x". It must be a mapping']],
});

Deno.test("nullable() lets editors accept null of every type", () => {
  checkReads(nullable(choice(["a"])), null, undefined);
  checkReads(nullable(list(string())), null, undefined);
  checkReads(nullable(booleanOr(string())), null, undefined);
  checkReads(nullable(anything()), null, undefined);
  checkReads(object({ a: booleanOr(string()) }), { a: null }, {});
});

Deno.test("object() carries its description into the JSON Schema", () => {
  const schema = object({ a: string({ description: "An a." }) }, {
    isOpen: true,
    description: "All.",
  });
  deepStrictEqual(schema.json(), {
    type: "object",
    properties: {
      a: {
        type: ["string", "number", "null"],
        pattern: "\\S",
        description: "An a.",
      },
    },
    additionalProperties: true,
    description: "All.",
  });
  strictEqual(schema.about.description, "All.");
  deepStrictEqual(readValue(schema, { a: "1", b: 2 }), {
    ok: true,
    value: { a: "1" },
  });
});

Deno.test("once() reads what aliases repeat once, and reports it once", () => {
  const reads: number[] = [];
  const counted: Schema<number> = {
    ...integer(),
    read(value, path, report) {
      reads.push(1);
      return object({ a: required(integer()) }).read(value, path, report).a;
    },
  };
  const shared = { a: 1 };
  const schema = record(once(counted));
  const same = { one: shared, two: shared, three: { a: 1 } };
  const value = new Map([["one", 1], ["two", 1], ["three", 1]]);
  deepStrictEqual(readValue(schema, same), { ok: true, value });
  strictEqual(reads.length, 2);
  const wrong = {};
  deepStrictEqual(problemsOf(schema, { one: wrong, two: wrong }), [
    "at.one.a is missing. Write a: here",
  ]);
});

Deno.test("once() reads equal strings and numbers each time", () => {
  deepStrictEqual(problemsOf(list(once(integer())), ["x", "x"]), [
    'at[0] is "x". It must be an integer of 0 or more',
    'at[1] is "x". It must be an integer of 0 or more',
  ]);
});

Deno.test("object() types its keys as they are read", () => {
  const schema = object({
    "ca-file": required(string()),
    "max-entries": integer(),
    "on-error": choice(["warn", "fail"]),
    "note": present(string()),
  });
  const read: {
    readonly caFile: string;
    readonly note: string | undefined;
    readonly maxEntries?: number | undefined;
    readonly onError?: "warn" | "fail" | undefined;
  } = readOrThrow(schema, { "ca-file": "a", "note": null }, { where: "x" });
  deepStrictEqual(read, { caFile: "a", note: undefined });
  // @ts-expect-error -- a key that is not required may be missing
  const entries: number = read.maxEntries;
  strictEqual(entries, undefined);
});
