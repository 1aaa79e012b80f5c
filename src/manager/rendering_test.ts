import { deepStrictEqual, rejects, throws } from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { Document } from "../document/change.ts";
import { CicdStateError } from "../errors.ts";
import type { TemplateVariable } from "./options.ts";
import { openParts } from "./parts.ts";
import { createContextOf, named } from "./rendering.ts";

const DOCUMENT = { state: { ship: "Runa", list: [1, 2], zero: 0 } };

async function contextOf(
  document: Document,
  variables: readonly TemplateVariable[],
) {
  const config = { cicdstatemgr: { datasources: {}, lane: { width: 3 } } };
  const parts = await openParts({ config, store: memoryStore() });
  const build = await createContextOf(parts, { variables });
  return () => build(document);
}

Deno.test("createContextOf() leaves what is beside a variable's path", async () => {
  const build = await contextOf(DOCUMENT, [
    { name: "state.port", expression: "state.ship" },
    { name: "configData.lane.name", expression: "a literal string" },
    { name: "both", expression: "state.list[*]" },
    { name: "falsy", expression: "state.zero" },
  ]);
  for (let round = 0; round < 2; round++) {
    deepStrictEqual(build(), {
      state: { ship: "Runa", list: [1, 2], zero: 0, port: "Runa" },
      configData: {
        datasources: {},
        lane: { width: 3, name: "a literal string" },
      },
      both: [1, 2],
    });
  }
  deepStrictEqual(Object.keys(DOCUMENT.state), ["ship", "list", "zero"]);
});

Deno.test("createContextOf() refuses a variable's path through a string", async () => {
  const build = await contextOf(DOCUMENT, [
    { name: "state.ship.name", expression: "x" },
  ]);
  throws(build, { code: "PATH" });
});

Deno.test("createContextOf() refuses a variable that cannot be evaluated", async () => {
  const build = await contextOf({ map: { a: 1 } }, [
    { name: "x", expression: "map[0]" },
  ]);
  throws(build, { code: "PATH" });
});

Deno.test("createContextOf() trims strings and takes list marks as --set does", async () => {
  const build = await contextOf({ tags: ["a"], padded: "  p " }, [
    { name: "plain", expression: "padded" },
    { name: "tags[]", expression: "b,c" },
    { name: "set{}", expression: "x,x" },
  ]);
  const { configData: _, ...names } = build();
  deepStrictEqual(names, {
    tags: ["a", "b", "c"],
    padded: "  p ",
    plain: "p",
    set: ["x"],
  });
});

Deno.test("named() names what failed only in errors of templates", async () => {
  const hint = "Fix it";
  const broken = new CicdStateError("TEMPLATE", "line 1", { hint });
  await rejects(named("variables.tag", Promise.reject(broken)), {
    code: "TEMPLATE",
    message: 'Cannot render "variables.tag": line 1',
    hint,
  });
  const others = [new CicdStateError("PATH", "elsewhere"), new Error("bug")];
  for (const error of others) {
    await rejects(named("x", Promise.reject(error)), error);
  }
});
