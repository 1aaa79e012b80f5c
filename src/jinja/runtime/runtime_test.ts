import { doesNotThrow, strictEqual, throws } from "node:assert/strict";
import { makeRuntime } from "../../../tests/support/jinja_runtime.ts";
import { CopyNeeded } from "./runtime.ts";

Deno.test("Runtime.lookUp() prefers the context to the globals", () => {
  const globals = new Map<string, unknown>([["a", "global"], ["b", 2]]);
  const runtime = makeRuntime({ context: { a: "own", n: null }, globals });
  strictEqual(runtime.lookUp("a"), "own");
  strictEqual(runtime.lookUp("b"), 2);
  strictEqual(runtime.lookUp("n"), null);
  strictEqual(runtime.lookUp("c"), undefined);
});

Deno.test("Runtime.globalValue() does not see the context", () => {
  const globals = new Map([["a", "global"]]);
  const runtime = makeRuntime({ context: { a: "own", b: 1 }, globals });
  strictEqual(runtime.globalValue("a"), "global");
  strictEqual(runtime.globalValue("b"), undefined);
});

Deno.test("Runtime.lookUp() finds nothing that an object inherits", () => {
  const runtime = makeRuntime({ context: { a: 1 } });
  for (
    const name of [
      "constructor",
      "toString",
      "hasOwnProperty",
      "__proto__",
      "valueOf",
      "__defineGetter__",
    ]
  ) {
    strictEqual(runtime.lookUp(name), undefined, name);
  }
});

Deno.test("Runtime.change() allows changes of the template's own values only", () => {
  const list: number[] = [];
  const runtime = makeRuntime({ context: { list } });
  throws(() => runtime.change(list), CopyNeeded);
  const own = runtime.own([1]);
  doesNotThrow(() => runtime.change(own));
});

Deno.test("Runtime.change() allows all changes of a copy", () => {
  const list: number[] = [];
  const runtime = makeRuntime({ context: { list }, isCopy: true });
  doesNotThrow(() => runtime.change(list));
});

Deno.test("Runtime.findMethod() finds members of built-in types", () => {
  const runtime = makeRuntime();
  strictEqual(runtime.findMethod(5, "real"), 5);
  strictEqual(runtime.findMethod("a", "nosuch"), undefined);
  strictEqual(typeof runtime.findMethod("a", "upper"), "object");
});
