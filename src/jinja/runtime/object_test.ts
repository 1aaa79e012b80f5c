import { strictEqual } from "node:assert/strict";
import { Budget } from "./budget.ts";
import { qualifiedTypeName, TemplateObject } from "./runtime.ts";

class Plain extends TemplateObject {
  override readonly typeName = "Plain";
}

class Module extends TemplateObject {
  override readonly typeName = "Thing";
  override readonly typeModule = "some.module";
}

Deno.test("TemplateObject behaves as a Python object without methods", () => {
  const object = new Plain();
  strictEqual(object.attribute("typeName"), undefined);
  strictEqual(object.attribute("constructor"), undefined);
  strictEqual(object.repr(String), "<Plain object>");
  strictEqual(object.print(), undefined);
  strictEqual(object.isTrue(), true);
  strictEqual(object.length, undefined);
  strictEqual(object.iterate(), undefined);
  strictEqual(object.equals(new Plain(), () => true), false);
  strictEqual(object.hash(new Budget()), object);
});

Deno.test("qualifiedTypeName() names the module of types that are not built in", () => {
  strictEqual(qualifiedTypeName(new Plain()), "Plain");
  strictEqual(qualifiedTypeName(new Module()), "some.module.Thing");
  strictEqual(new Module().repr(String), "<some.module.Thing object>");
});
