import { Float, isMapping, Timestamp, type Value } from "../../src/values.ts";
import { parseJson } from "../../src/formats/json.ts";
import { stringifyJson } from "../../src/formats/json_writer.ts";
import type { Expectation, Outcome, Place, Scenario } from "./scenario.ts";

/** Names each way in which the outcome is not what was expected. */
export function* outcomeDifferences(
  { expect, keyOrder = false }: Scenario,
  outcome: Outcome,
): Generator<string> {
  yield* stepDifferences(expect, outcome);
  for (const [want, got] of placePairs(expect.docs, outcome.docs)) {
    yield* missingDifference(want, got);
    if (want.absent || got.absent) continue;
    const options = { keyOrder, ignore: want.ignore ?? [] };
    for (const line of valueDifferences(want.value!, got.value!, options)) {
      yield `${placeName(want)}: ${line}`;
    }
  }
  for (const [want, got] of placePairs(expect.texts, outcome.texts)) {
    yield* missingDifference(want, got);
    if (want.text !== got.text) {
      yield `${placeName(want)}: ${show(got.text)}, expected ${
        show(want.text)
      }`;
    }
  }
  for (const [want, got] of placePairs(expect.shells, outcome.shells)) {
    yield* missingDifference(want, got);
    const { vars: wantVars = {}, ignore = [] } = want;
    const { vars: gotVars = {} } = got;
    for (const name of Object.keys({ ...wantVars, ...gotVars })) {
      if (ignore.includes(name) || wantVars[name] === gotVars[name]) continue;
      yield `${placeName(want)}: ${name} is ${show(gotVars[name])}, expected ${
        show(wantVars[name])
      }`;
    }
  }
  yield* requestDifferences(expect, outcome);
}

function* stepDifferences(
  expect: Expectation,
  outcome: Outcome,
): Generator<string> {
  for (const [index, want] of expect.steps.entries()) {
    const got = outcome.steps[index];
    const name = `step ${index + 1}`;
    if (!got) {
      yield `${name}: was not run`;
      continue;
    }
    if (want.exit !== undefined && (want.exit === 0) !== (got.exit === 0)) {
      yield `${name}: exit ${got.exit}, expected ${want.exit}; stderr ends ${
        show(got.stderr.slice(-300).trim())
      }`;
    }
    if (want.stdout !== undefined && want.stdout !== got.stdout) {
      yield `${name}: stdout ${show(got.stdout)}, expected ${
        show(want.stdout)
      }`;
    }
    for (const text of want.stderr ?? []) {
      if (!got.stderr.includes(text)) {
        yield `${name}: stderr lacks ${show(text)}`;
      }
    }
  }
}

function* requestDifferences(
  expect: Expectation,
  outcome: Outcome,
): Generator<string> {
  if (expect.http.length !== outcome.http.length) {
    const paths = outcome.http.map(({ path }) => path).join(" ");
    yield `http: ${outcome.http.length} requests (${paths}), expected ${expect.http.length}`;
  }
  for (const [index, want] of expect.http.entries()) {
    const got = outcome.http[index];
    if (!got) return;
    const name = `request ${index + 1}`;
    if (want.method !== got.method || want.path !== got.path) {
      yield `${name}: ${got.method} ${got.path}, expected ${want.method} ${want.path}`;
      continue;
    }
    if (want.compare === "json") {
      for (const line of valueDifferences(want.json!, parseJson(got.body))) {
        yield `${name}: body ${line}`;
      }
    } else if (want.body !== got.body) {
      yield `${name}: body ${show(got.body)}, expected ${show(want.body)}`;
    }
    for (const [header, value] of Object.entries(want.headers)) {
      const found = got.headers[header] ?? null;
      if (found !== value) {
        yield `${name}: header ${header} is ${show(found)}, expected ${
          show(value)
        }`;
      }
    }
  }
}

interface ValueOptions {
  /** Whether the order of keys counts. */
  readonly keyOrder?: boolean;
  /** Paths that are not compared. */
  readonly ignore?: readonly string[];
}

/** Compares with types: `1`, `1.0`, `true` and `"1"` all differ. */
function* valueDifferences(
  want: Value,
  got: Value,
  options: ValueOptions = {},
  path = "",
): Generator<string> {
  const { keyOrder = false, ignore = [] } = options;
  if (ignore.includes(path)) return;
  if (isMapping(want) && isMapping(got)) {
    const wantKeys = counted(Object.keys(want));
    const gotKeys = counted(Object.keys(got));
    const missing = wantKeys.filter((key) => !Object.hasOwn(got, key));
    const extra = gotKeys.filter((key) => !Object.hasOwn(want, key));
    for (const key of missing) yield `${below(key)}: missing`;
    for (const key of extra) {
      yield `${below(key)}: unexpected ${show(got[key])}`;
    }
    for (const key of wantKeys) {
      if (missing.includes(key)) continue;
      yield* valueDifferences(want[key]!, got[key]!, options, below(key));
    }
    const sameKeys = missing.length === 0 && extra.length === 0;
    if (keyOrder && sameKeys && String(wantKeys) !== String(gotKeys)) {
      yield `${path || "document"}: key order ${gotKeys}, expected ${wantKeys}`;
    }
    return;
  }
  if (Array.isArray(want) && Array.isArray(got)) {
    if (want.length !== got.length) {
      yield `${path}: expected ${want.length} items, got ${show(got)}`;
    }
    for (const index of want.keys()) {
      if (index >= got.length) return;
      yield* valueDifferences(
        want[index]!,
        got[index]!,
        options,
        `${path}[${index}]`,
      );
    }
    return;
  }
  if (kind(want) !== kind(got) || String(want) !== String(got)) {
    yield `${path || "document"}: expected ${show(want)} (${kind(want)}), got ${
      show(got)
    } (${kind(got)})`;
  }

  function below(key: string): string {
    return path ? `${path}.${key}` : key;
  }

  function counted(keys: string[]): string[] {
    return keys.filter((key) => !ignore.includes(below(key)));
  }
}

function kind(value: Value): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (value instanceof Float) return "float";
  if (value instanceof Timestamp) return "timestamp";
  if (typeof value === "number") {
    return Number.isInteger(value) ? "integer" : "float";
  }
  if (typeof value === "bigint") return "integer";
  return typeof value === "object" ? "mapping" : typeof value;
}

function placeName({ kind, id, path, db = 0, server }: Place): string {
  return kind === "redis"
    ? `redis ${server ?? "open"}/${db} ${id}`
    : `${kind} ${path}`;
}

function placePairs<W extends Place, G extends Place>(
  wants: readonly W[],
  gots: readonly G[],
): [W, G][] {
  const found = new Map(gots.map((got) => [placeName(got), got]));
  return wants.map((want) => [want, found.get(placeName(want))!]);
}

function* missingDifference(
  want: Place & { readonly absent?: boolean },
  got: Place & { readonly absent?: boolean },
): Generator<string> {
  if (Boolean(want.absent) !== Boolean(got.absent)) {
    yield `${placeName(want)}: ${
      want.absent ? "expected none, found one" : "missing"
    }`;
  }
}

function show(value: Value | undefined): string {
  const text = value === undefined ? "unset" : stringifyJson(value);
  return text.length <= 300 ? text : `${text.slice(0, 299)}…`;
}
