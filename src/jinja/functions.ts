import { Float, type Mapping, setKey, type Value } from "../values.ts";
import { fail } from "./error.ts";
import type { Budget } from "./runtime/budget.ts";
import { native, NativeFunction } from "./runtime/call.ts";
import {
  type Native,
  type NativeTable,
  TemplateObject,
  Undefined,
} from "./runtime/runtime.ts";
import { asMapping, entriesOf } from "./values/dict.ts";
import { iterator, toList } from "./values/items.ts";
import { asText } from "./values/scalars.ts";

/**
 * A JavaScript function that templates may call. It takes plain values: strings,
 * numbers, bigints, booleans, `null`, arrays, objects (a `Map` if a key is not a
 * string), and `undefined` for what is not defined. It returns what a context
 * may contain, or `undefined` for `none`.
 *
 * A rest parameter of type `never` lets its own parameters have any type.
 */
export type PlainFunction = (...values: never[]) => unknown;

/**
 * A function that templates may call: a plain one, whose arguments are given by
 * position, or one that {@linkcode templateFunction} declares.
 */
export type TemplateFunction = PlainFunction | Native;

/**
 * Declares a function whose parameters have names, so that templates may give
 * them by name and leave out those that are optional.
 *
 * @param parameters The parameters with blanks between them: `value`, `width?`
 * (optional), `*args` (an array of the rest), `**kwargs` (an object of the rest).
 * Those before a `/` are given by position only, those after a `*` by name only.
 * The first one of a filter or test is the value that it is applied to.
 * @param run Runs it. What is optional and not given is `undefined`.
 * @returns The function.
 * @example A filter with an optional parameter
 * ```ts
 * import {
 *   Environment,
 *   templateFunction,
 * } from "@cicdstatemgr/cicdstatemgr/jinja";
 * import { strictEqual, throws } from "node:assert/strict";
 *
 * const pad = templateFunction(
 *   "value width fill?",
 *   (value: string, width: number, fill = " ") => value.padStart(width, fill),
 * );
 * const environment = new Environment({ filters: { pad } });
 * strictEqual(environment.render("{{ 'a' | pad(3) }}", {}), "  a");
 * strictEqual(environment.render("{{ 'a' | pad(fill='.', width=3) }}", {}), "..a");
 * throws(() => environment.render("{{ 'a' | pad }}", {}), /width/);
 * ```
 */
export function templateFunction(
  parameters: string,
  run: PlainFunction,
): Native {
  return {
    parameters,
    run: ({ budget }, ...values) => callPlain(run, values, budget),
  };
}

function callPlain(
  run: PlainFunction,
  values: readonly unknown[],
  budget: Budget,
): unknown {
  const plain = values.map((value) => toPlain(budget, value, 0));
  // The function itself knows what it takes; templates have no types.
  const result = run(...plain as never[]);
  if (typeof result === "function" || result instanceof Promise) {
    const kind = typeof result === "function" ? "function" : "promise";
    fail(`a function that the template calls returned a ${kind}`);
  }
  return result === undefined ? null : result;
}

/** Adds functions to a table, in place of those that have the same name. */
export function extendTable(
  table: NativeTable,
  functions: Readonly<Record<string, TemplateFunction>>,
): NativeTable {
  const added = Object.entries(functions);
  if (added.length === 0) return table;
  return new Map([
    ...table,
    ...added.map((
      [name, run],
    ): [string, Native] => [name, toNative(run)]),
  ]);
}

/** Adds globals to others, in place of those that have the same name. */
export function extendGlobals(
  globals: ReadonlyMap<string, unknown>,
  values: Readonly<Record<string, Value | TemplateFunction>>,
): ReadonlyMap<string, unknown> {
  const added = Object.entries(values);
  if (added.length === 0) return globals;
  return new Map([
    ...globals,
    ...added.map(([name, value]): [string, unknown] => [
      name,
      isFunction(value) ? new NativeFunction(name, toNative(value)) : value,
    ]),
  ]);
}

function isFunction(
  value: Value | TemplateFunction,
): value is TemplateFunction {
  return typeof value === "function" || isNative(value);
}

function isNative(value: unknown): value is Native {
  return typeof value === "object" && value !== null && "run" in value &&
    typeof value.run === "function";
}

function toNative(run: TemplateFunction): Native {
  if (typeof run !== "function") return run;
  return native(
    "*values",
    ({ budget }, values) => callPlain(run, values, budget),
  );
}

const MAX_DEPTH = 200;

/** Converts a value of a template to a plain one. */
function toPlain(budget: Budget, value: unknown, depth: number): unknown {
  budget.step();
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) fail("an argument is nested too deeply");
  const text = asText(value);
  if (text !== undefined) return text;
  if (value instanceof Float) return value.value;
  if (value instanceof Undefined) return undefined;
  if (value instanceof Map) return toPlainEntries(budget, value, depth);
  const mapping = asMapping(value);
  if (mapping !== undefined) {
    return toPlainEntries(budget, entriesOf(budget, mapping), depth);
  }
  const isList = Array.isArray(value) ||
    value instanceof TemplateObject && iterator(budget, value) !== undefined;
  return isList
    ? toList(budget, value).map((item) => toPlain(budget, item, depth + 1))
    : value;
}

function toPlainEntries(
  budget: Budget,
  entries: Iterable<readonly [unknown, unknown]>,
  depth: number,
): unknown {
  const plain = Array.from(entries, ([key, item]): [unknown, unknown] => [
    toPlain(budget, key, depth + 1),
    toPlain(budget, item, depth + 1),
  ]);
  const mapping: Mapping = {};
  for (const [key, item] of plain) {
    if (typeof key !== "string") return new Map(plain);
    // A plain value is a Value, apart from what the caller added as a global.
    setKey(mapping, key, item as Value);
  }
  return mapping;
}
