import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  KIND_NAMES,
  kindsThatCan,
  loadAllKinds,
  loadKind,
} from "./registry.ts";

Deno.test("each row of the registry loads the kind of that name", async () => {
  const kinds = await loadAllKinds();
  deepStrictEqual(kinds.map(({ name }) => name), KIND_NAMES);
  for (const name of KIND_NAMES) {
    strictEqual((await loadKind(name))?.name, name);
  }
});

for (const name of ["", "reddis", "toString", "__proto__", "constructor"]) {
  Deno.test(`loadKind() knows no kind "${name}"`, async () => {
    strictEqual(await loadKind(name), undefined);
  });
}

Deno.test("kindsThatCan() lists kinds as a message names them", async () => {
  strictEqual(
    await kindsThatCan("be primary"),
    "redis, sqlite, jsonfile or yamlfile",
  );
  strictEqual(await kindsThatCan("keep history"), "redis or sqlite");
  strictEqual(await kindsThatCan("use a client"), "redis");
  strictEqual(
    await kindsThatCan("be a readable mirror"),
    "jsonfile or yamlfile",
  );
});
