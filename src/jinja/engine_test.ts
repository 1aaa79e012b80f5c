import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { Engine } from "./engine.ts";
import type { Loader } from "./loader.ts";
import { parseTemplate } from "./syntax/parse.ts";

const OPTIONS = { limits: {}, undefined: "lenient" } as const;

function createEngine(loader?: Loader): Engine {
  return new Engine({ filters: {}, tests: {}, globals: { site: "x" }, loader });
}

Deno.test("Engine.globals has Jinja2's and its own", () => {
  deepStrictEqual(
    [...createEngine().globals.keys()].sort(),
    ["cycler", "dict", "joiner", "lipsum", "namespace", "range", "site"],
  );
});

Deno.test("Engine.run() starts over with a copy when a template changes its context", () => {
  const engine = createEngine();
  const program = engine.compile(parseTemplate("a{{ b.append(2) }}{{ b }}"));
  const context = { b: [1] };
  strictEqual(engine.run(program, context, OPTIONS), "aNone[1, 2]");
  strictEqual(engine.run(program, context, OPTIONS), "aNone[1, 2]");
  deepStrictEqual(context, { b: [1] });
});

Deno.test("Engine.run() counts only the second start against the limits", () => {
  const engine = createEngine();
  const program = engine.compile(
    parseTemplate("{{ 'x' * 30 }}{{ b.append(2) }}"),
  );
  const options = { limits: { maxLength: 40 }, undefined: "lenient" } as const;
  strictEqual(engine.run(program, { b: [] }, options).length, 34);
});

Deno.test("Engine.load() compiles a source once, until it changes", () => {
  let source = "a";
  const engine = createEngine((name) => name === "a" ? source : undefined);
  const program = engine.load("a");
  strictEqual(engine.load("a"), program);
  source = "b";
  strictEqual(engine.load("a") === program, false);
  strictEqual(engine.load("b"), undefined);
  strictEqual(createEngine().load("a"), undefined);
});

Deno.test("Engine.compile() lets templates load others only with a loader", () => {
  const parsed = parseTemplate("{% include 'a' %}");
  throws(() => createEngine().compile(parsed), /is not offered/);
  const engine = createEngine(() => "A");
  strictEqual(engine.run(engine.compile(parsed), {}, OPTIONS), "A");
});
