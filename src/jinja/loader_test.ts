import { strictEqual, throws } from "node:assert/strict";
import { dictLoader, Environment } from "./mod.ts";

Deno.test("dictLoader() finds sources by name, and nothing of a prototype", () => {
  const load = dictLoader({ a: "A", "b/c.html": "" });
  strictEqual(load("a"), "A");
  strictEqual(load("b/c.html"), "");
  for (const name of ["", "A", "b", "constructor", "__proto__", "toString"]) {
    strictEqual(load(name), undefined, name);
  }
});

Deno.test("Loader gets names as templates write them", () => {
  const names: string[] = [];
  const environment = new Environment({
    loader: (name) => {
      names.push(name);
      return undefined;
    },
  });
  for (const source of ["{% include '../a' %}", "{% include '/etc/' ~ b %}"]) {
    throws(() => environment.render(source, { b: "c" }), /does not exist/);
  }
  strictEqual(names.join(" "), "../a /etc/c");
});
