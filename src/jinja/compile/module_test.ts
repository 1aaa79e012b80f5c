import { strictEqual } from "node:assert/strict";
import { TemplateModule } from "./module.ts";

Deno.test("TemplateModule offers what a template exports, and prints as its text", () => {
  const module = new TemplateModule("lib", new Map([["a", 1]]), "text");
  strictEqual(module.attribute("a"), 1);
  strictEqual(module.attribute("constructor"), undefined);
  strictEqual(module.print(), "text");
  strictEqual(module.repr(), "<TemplateModule 'lib'>");
  strictEqual(module.name, "lib");
  strictEqual(module.typeModule, "jinja2.environment");
});
