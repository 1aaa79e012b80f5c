import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { makeRuntime } from "../../../tests/support/jinja_runtime.ts";
import { Undefined } from "./runtime.ts";
import { type Block, type Program, Scope, TemplateContext } from "./scope.ts";

function createContext(names = {}, globals: [string, unknown][] = []) {
  const runtime = makeRuntime({ context: names, globals: new Map(globals) });
  return TemplateContext.root(runtime, {
    load: () => undefined,
    modules: new Map(),
  });
}

function block(name: string): Block {
  return { name, run() {} };
}

function program(name: string, ...blocks: Block[]): Program {
  return {
    name,
    blocks: new Map(blocks.map((block) => [block.name, block])),
    run() {},
  };
}

Deno.test("Scope.get() looks from the inside out, then in the context and in globals", () => {
  const context = createContext({ a: "context", b: "context" }, [
    ["b", "global"],
    ["c", "global"],
  ]);
  const outer = new Scope(context, undefined);
  outer.set("d", "outer");
  outer.set("e", "outer");
  const inner = outer.inner();
  inner.set("e", "inner");
  deepStrictEqual(
    ["a", "b", "c", "d", "e"].map((name) => inner.get(name)),
    ["context", "context", "global", "outer", "inner"],
  );
  strictEqual(inner.get("f") instanceof Undefined, true);
  strictEqual(outer.get("e"), "outer");
});

Deno.test("Scope.get() takes null for a value", () => {
  const context = createContext({ a: null, b: 1 });
  const scope = new Scope(context, undefined);
  scope.set("b", null);
  strictEqual(scope.get("a"), null);
  strictEqual(scope.get("b"), null);
  context.set("c", null);
  strictEqual(scope.get("c"), null);
});

Deno.test("Scope hides what the context has until an unset variable is set", () => {
  const scope = new Scope(createContext({ a: "context" }), ["a"]);
  strictEqual(scope.get("a") instanceof Undefined, true);
  strictEqual(scope.inner().get("a") instanceof Undefined, true);
  scope.set("a", 1);
  strictEqual(scope.inner().get("a"), 1);
});

Deno.test("TemplateContext.including() copies what a scope sees", () => {
  const context = createContext({ a: "context", b: "context", e: "context" });
  context.set("b", "top");
  context.set("c", "top");
  const scope = new Scope(context, ["e"]);
  scope.set("c", "scope");
  const inner = scope.inner();
  inner.set("d", "inner");
  const other = context.including(inner);
  inner.set("d", "later");
  context.set("a", "later");
  deepStrictEqual(
    ["a", "b", "c", "d", "e", "f"].map((name) => other.lookUp(name)),
    ["context", "top", "scope", "inner", "context", undefined],
  );
  other.set("g", 1);
  strictEqual(context.lookUp("g"), undefined);
});

Deno.test("TemplateContext.isolated() sees globals only", () => {
  const context = createContext({ a: 1 }, [["b", 2]]);
  context.set("c", 3);
  const other = context.isolated();
  deepStrictEqual(
    ["a", "b", "c"].map((name) => other.lookUp(name)),
    [undefined, 2, undefined],
  );
});

Deno.test("TemplateContext.exports() leaves out private and imported variables", () => {
  const context = createContext();
  context.set("a", 1);
  context.set("_b", 2);
  context.set("c", 3);
  context.setImported("c", 4);
  context.setImported("d", 5);
  deepStrictEqual([...context.exports()], [["a", 1]]);
  strictEqual(context.lookUp("c"), 4);
});

Deno.test("TemplateContext.derived() keeps the blocks", () => {
  const context = createContext();
  const own = block("a");
  context.addBlocks(program("page", own));
  const scope = new Scope(context, undefined);
  scope.set("x", 1);
  const derived = context.derived(scope);
  deepStrictEqual(derived.blocks.get("a"), [own]);
  strictEqual(derived.lookUp("x"), 1);
  strictEqual(context.including(scope).blocks.size, 0);
});

Deno.test("TemplateContext.extend() puts blocks behind those that override them", () => {
  const context = createContext();
  const [child, parent, other] = [block("a"), block("a"), block("b")];
  const base = program("base", parent, other);
  context.addBlocks(program("page", child));
  strictEqual(context.isExtending, false);
  context.extend(base);
  strictEqual(context.isExtending, true);
  deepStrictEqual(context.blocks.get("a"), [child, parent]);
  deepStrictEqual(context.blocks.get("b"), [other]);
  strictEqual(context.name, "page");
  strictEqual(context.takeParent(), base);
  strictEqual(context.takeParent(), undefined);
});

Deno.test("TemplateContext.extend() refuses a second template, and one that is extended already", () => {
  const context = createContext();
  const [page, base] = [program("page"), program("base")];
  context.addBlocks(page);
  context.extend(base);
  throws(() => context.extend(program("other")), /extends two others/);
  context.takeParent();
  throws(
    () => context.extend(page),
    /extends itself: 'page' extends 'base' extends 'page'/,
  );
});
