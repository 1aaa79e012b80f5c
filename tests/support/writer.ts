// A process that appends to one document and reports each accepted change:
// deno run writer.ts KIND OPTIONS ID NAME COUNT
// deno-lint-ignore-file no-console -- its standard output is what it is for
import { openStore } from "../../src/datasources/registry.ts";
import type { StoreKind } from "../../src/datasources/types.ts";
import { updateDocument } from "../../src/document/update.ts";

const [kind, options, id, name, count] = Deno.args;
const store = await openStore(kind as StoreKind, JSON.parse(options!));
for (let n = 0; n < Number(count); n++) {
  const start = performance.now();
  await updateDocument(store, id!, [
    { op: "append", path: ["lists", name!], items: [n] },
  ]);
  console.log(`${n} ${(performance.now() - start).toFixed(2)}`);
}
await store.close();
