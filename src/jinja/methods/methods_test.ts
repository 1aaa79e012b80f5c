import { ok, strictEqual } from "node:assert/strict";
import { makeRuntime } from "../../../tests/support/jinja_runtime.ts";
import { Float, Timestamp } from "../../values.ts";
import { BoundMethod } from "../runtime/call.ts";
import { Dict } from "../values/dict.ts";
import { Range, Tuple } from "../values/objects.ts";
import { Markup } from "../values/scalars.ts";
import { findMethod } from "./methods.ts";

const VALUES: readonly unknown[] = [
  "a",
  "",
  5,
  2n ** 64n,
  1.5,
  new Float(1),
  true,
  null,
  undefined,
  [1],
  { a: 1 },
  new Dict(),
  new Tuple([1]),
  new Range(0, 3, 1),
  new Markup("<b>"),
  new Timestamp("2001-12-14", "date"),
];

/** Names that lead out of a sandbox in Python or JavaScript. */
const NAMES = [
  "__class__",
  "__mro__",
  "__subclasses__",
  "__globals__",
  "__init__",
  "__dict__",
  "__proto__",
  "__defineGetter__",
  "__lookupGetter__",
  "constructor",
  "prototype",
  "caller",
  "arguments",
  "call",
  "apply",
  "bind",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "isPrototypeOf",
  "length",
  "at",
  "map",
  "push",
  "then",
  "toJSON",
  "text",
  "value",
  "items_",
  "typeName",
  "attribute",
  "run",
  "parameters",
];

Deno.test("findMethod() reaches no property of JavaScript or Python's internals", () => {
  const runtime = makeRuntime();
  for (const value of VALUES) {
    for (const name of NAMES) {
      strictEqual(findMethod(runtime, value, name), undefined, name);
    }
  }
});

Deno.test("findMethod() has every method of Python's types that templates can use", () => {
  const methods: [value: unknown, names: string][] = [
    [
      "a",
      "capitalize casefold center count endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill",
    ],
    [[], "append clear copy count extend index insert pop remove reverse sort"],
    [
      new Dict(),
      "clear copy fromkeys get items keys pop popitem setdefault update values",
    ],
    [new Tuple([]), "count index"],
    [new Range(0, 1, 1), "count index"],
    [5, "as_integer_ratio bit_count bit_length conjugate"],
    [1.5, "as_integer_ratio conjugate is_integer"],
    [new Markup(""), "escape format join split striptags unescape upper"],
  ];
  const runtime = makeRuntime();
  for (const [value, names] of methods) {
    for (const name of names.split(" ")) {
      ok(findMethod(runtime, value, name) instanceof BoundMethod, name);
    }
  }
});

Deno.test("findMethod() reads properties of numbers at once", () => {
  const runtime = makeRuntime();
  strictEqual(findMethod(runtime, 5, "real"), 5);
  strictEqual(findMethod(runtime, true, "numerator"), 1);
  strictEqual(findMethod(runtime, 5, "imag"), 0);
  ok(findMethod(runtime, 1.5, "imag") instanceof Float);
});
