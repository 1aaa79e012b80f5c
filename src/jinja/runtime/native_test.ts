import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { native, nativeTable, type ParameterValues } from "./call.ts";
import type { Keywords } from "./runtime.ts";

/** Fails to compile unless both types are the same. */
type Same<A, B> = [A] extends [B] ? [B] extends [A] ? true : false : false;

Deno.test("native() gives run() one value for each parameter", () => {
  const checks: [
    Same<ParameterValues<"">, []>,
    Same<ParameterValues<"self /">, [unknown]>,
    Same<ParameterValues<"a b? * c?">, [unknown, unknown, unknown]>,
    Same<
      ParameterValues<"a *rest **named">,
      [unknown, readonly unknown[], Keywords]
    >,
  ] = [true, true, true, true];
  strictEqual(checks.length, 4);
  strictEqual(native("a b?", (_runtime, a, b) => [a, b]).parameters, "a b?");
});

Deno.test("nativeTable() finds functions by their own names only", () => {
  const upper = native("s", (_runtime, s) => s);
  const table = nativeTable({ upper });
  strictEqual(table.get("upper"), upper);
  strictEqual(table.get("toString"), undefined);
  strictEqual(table.get("constructor"), undefined);
  deepStrictEqual([...table.keys()], ["upper"]);
});
