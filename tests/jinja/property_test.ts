import { ok, strictEqual } from "node:assert/strict";
import { renderTemplate, TemplateError } from "../../src/templates/render.ts";
import { type Random, randomFrom } from "./random.ts";

/** An expression, and its value; `undefined`: it is an error. */
interface Expression<T> {
  readonly source: string;
  readonly value: T | undefined;
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[random(items.length)]!;
}

function apply<A, B, R>(
  left: Expression<A>,
  right: Expression<B>,
  operate: (left: A, right: B) => R | undefined,
): R | undefined {
  return left.value === undefined || right.value === undefined
    ? undefined
    : operate(left.value, right.value);
}

/** Python rounds quotients down, and a remainder has its divisor's sign. */
function floorDivide(left: bigint, right: bigint): bigint | undefined {
  if (right === 0n) return undefined;
  return (left - floorModulo(left, right)!) / right;
}

function floorModulo(left: bigint, right: bigint): bigint | undefined {
  if (right === 0n) return undefined;
  return ((left % right) + right) % right;
}

function integer(random: Random, depth: number): Expression<bigint> {
  if (depth === 0 || random(4) === 0) {
    const value = BigInt(pick(random, [0, 1, 2, 3, 7, 255, 2 ** 40]));
    return { source: String(value), value };
  }
  const kind = random(8);
  if (kind === 6) {
    const list = listOf(random, depth - 1);
    const value = list.value && BigInt(list.value.length);
    return { source: `${list.source} | length`, value: value ?? undefined };
  }
  if (kind === 7) {
    const test = truth(random, depth - 1);
    const yes = integer(random, depth - 1);
    const no = integer(random, depth - 1);
    const source = `(${yes.source} if ${test.source} else ${no.source})`;
    if (test.value === undefined) return { source, value: undefined };
    return { source, value: test.value ? yes.value : no.value };
  }
  const left = integer(random, depth - 1);
  const right = integer(random, depth - 1);
  const operations = [
    ["+", (a: bigint, b: bigint) => a + b],
    ["-", (a: bigint, b: bigint) => a - b],
    ["*", (a: bigint, b: bigint) => a * b],
    ["//", floorDivide],
    ["%", floorModulo],
    ["+", (a: bigint, b: bigint) => a + b],
  ] as const;
  const [operator, operate] = operations[kind]!;
  return {
    source: `((${left.source}) ${operator} (${right.source}))`,
    value: apply(left, right, operate),
  };
}

function text(random: Random, depth: number): Expression<string> {
  if (depth === 0 || random(3) === 0) {
    const value = pick(random, ["", "a", "b c", "ß", "😀", "A-b"]);
    return { source: `'${value}'`, value };
  }
  switch (random(4)) {
    case 0: {
      const left = text(random, depth - 1);
      const right = text(random, depth - 1);
      return {
        source: `(${left.source} + ${right.source})`,
        value: apply(left, right, (a, b) => a + b),
      };
    }
    case 1: {
      const left = text(random, depth - 1);
      const right = integer(random, depth - 1);
      return {
        source: `(${left.source} ~ (${right.source}))`,
        value: apply(left, right, (a, b) => a + b),
      };
    }
    case 2: {
      const inner = text(random, depth - 1);
      const value = inner.value && Array.from(inner.value).reverse().join("");
      return { source: `(${inner.source})[::-1]`, value };
    }
    default: {
      const list = listOf(random, depth - 1);
      return {
        source: `${list.source} | join('-')`.replace(/^.*$/s, "($&)"),
        value: list.value?.join("-"),
      };
    }
  }
}

function listOf(random: Random, depth: number): Expression<bigint[]> {
  const items = Array.from(
    { length: random(4) },
    () => integer(random, Math.max(0, depth - 1)),
  );
  const source = `[${items.map((item) => item.source).join(", ")}]`;
  const values = items.map((item) => item.value);
  return values.some((value) => value === undefined)
    ? { source, value: undefined }
    : { source, value: values as bigint[] };
}

function truth(random: Random, depth: number): Expression<boolean> {
  const left = integer(random, depth);
  const right = integer(random, depth);
  const operations = [
    ["<", (a: bigint, b: bigint) => a < b],
    ["<=", (a: bigint, b: bigint) => a <= b],
    ["==", (a: bigint, b: bigint) => a === b],
    ["!=", (a: bigint, b: bigint) => a !== b],
    [
      "is divisibleby",
      (a: bigint, b: bigint) => b === 0n ? undefined : a % b === 0n,
    ],
  ] as const;
  const [operator, operate] = pick(random, operations);
  return {
    source: `((${left.source}) ${operator} (${right.source}))`,
    value: apply(left, right, operate),
  };
}

function rendered(template: string): string | undefined {
  try {
    return renderTemplate(template, { x: [1, { a: "b" }], s: "text" }, {
      limits: { maxSteps: 10_000 },
    });
  } catch (error) {
    ok(error instanceof TemplateError, `${template} threw ${error}`);
    strictEqual(error.cause, undefined, `${template}: ${error.message}`);
    return undefined;
  }
}

Deno.test("renderTemplate() evaluates random expressions correctly", () => {
  const random = randomFrom(1);
  for (let round = 0; round < 2000; round++) {
    for (const make of [integer, text, listOf, truth]) {
      const { source, value } = make(random, 1 + random(4));
      const shown = typeof value === "boolean"
        ? value ? "True" : "False"
        : Array.isArray(value)
        ? `[${value.join(", ")}]`
        : value?.toString();
      strictEqual(rendered(`{{ ${source} }}`), shown, source);
    }
  }
});

const PIECES =
  "{{ }} {% %} {# #} - + ( ) [ ] { } . , : | ~ * ** / // % == != < <= = in not and or is if else elif endif for endfor recursive break continue set endset macro endmacro call endcall filter endfilter with endwith block endblock raw endraw x s loop 1 2.5 -1 'a' \"b\" true none [] {} x[0] x[1].a s.upper() |upper |length |list |join |sort |map('upper') |default(1) |tojson |int |batch(2) is_defined range(3) namespace() dict(a=1) cycler(1) \n text"
    .split(" ");

Deno.test("renderTemplate() throws only TemplateError for random templates", () => {
  const random = randomFrom(2);
  for (let round = 0; round < 20_000; round++) {
    const pieces = Array.from(
      { length: 1 + random(9) },
      () => pick(random, PIECES),
    );
    rendered(pieces.join(random(2) === 0 ? " " : ""));
    rendered(`{{ ${pieces.join(" ")} }}`);
    rendered(`{% for y in x %}{% ${pieces.join(" ")} %}{% endfor %}`);
  }
});

const ARGUMENTS = [
  "s",
  "x",
  "1",
  "-1",
  "0.5",
  "none",
  "true",
  "{}",
  "{'a': 1}",
  "()",
  "range(3)",
  "nope",
  "''",
  "2 ** 70",
  "'<b>' | safe",
  "[[1, 2], [3]]",
];
const FILTERS =
  "abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape format from_json groupby indent int items join json_dumps kv_comma_pairs_to_json last length list lower map max min pprint reject rejectattr replace reverse round safe select selectattr slice sort string striptags sum title to_base64 to_nice_yaml tojson trim truncate unique upper urlencode urlize wordcount wordwrap xmlattr"
    .split(" ");
const TESTS =
  "boolean callable defined divisibleby eq escaped even filter float ge gt in integer iterable le lower lt mapping ne none number odd sameas sequence string test undefined upper"
    .split(" ");
const METHODS =
  "append capitalize center clear copy count endswith expandtabs extend find format get index insert isalpha items join keys ljust lower lstrip partition pop popitem remove replace reverse rsplit setdefault sort split splitlines startswith strip title translate update values zfill"
    .split(" ");

Deno.test("renderTemplate() throws only TemplateError for random arguments of filters, tests and methods", () => {
  const random = randomFrom(3);
  for (let round = 0; round < 15_000; round++) {
    const values = Array.from(
      { length: random(4) },
      () => pick(random, ARGUMENTS),
    ).join(", ");
    const target = pick(random, ARGUMENTS);
    rendered(`{{ (${target}) | ${pick(random, FILTERS)}(${values}) | list }}`);
    rendered(`{{ (${target}) | ${pick(random, FILTERS)}(${values}) }}`);
    rendered(`{{ (${target}) is ${pick(random, TESTS)}(${values}) }}`);
    rendered(`{{ (${target}).${pick(random, METHODS)}(${values}) }}`);
  }
});
