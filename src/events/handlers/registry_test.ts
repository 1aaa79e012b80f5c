import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { HANDLER_KINDS, loadAllHandlers, loadHandler } from "./registry.ts";

for (const kind of HANDLER_KINDS) {
  Deno.test(`loadHandler() finds ${kind}, which describes itself`, async () => {
    const handler = await loadHandler(kind);
    strictEqual(handler?.kind, kind);
    ok(handler.description.endsWith("."));
    const { properties, description } = handler.json() as {
      properties: Record<string, { description?: string }>;
      description: string;
    };
    strictEqual(description, handler.description);
    ok(Object.hasOwn(properties, handler.ownKey));
    for (const name of ["if", "enabled", "http"]) {
      ok(Object.hasOwn(properties, name));
    }
    for (const [name, property] of Object.entries(properties)) {
      ok(property.description?.endsWith("."), `${kind}.${name}`);
    }
  });
}

for (const kind of ["notfy", "constructor", "__proto__", ""]) {
  Deno.test(`loadHandler() finds nothing under "${kind}"`, async () => {
    deepStrictEqual(await loadHandler(kind), undefined);
  });
}

Deno.test("loadAllHandlers() loads every kind in order", async () => {
  const handlers = await loadAllHandlers();
  deepStrictEqual(handlers.map(({ kind }) => kind), HANDLER_KINDS);
  for (const handler of handlers) {
    strictEqual(handler.json(true)["required"], undefined);
  }
});
