// A process that appends to one document and reports each accepted change:
// deno run writer.ts KIND SECTION ID NAME COUNT
// deno-lint-ignore-file no-console -- its standard output is what it is for
import { updateDocument } from "../../src/document/update.ts";
import { openStore } from "./open_datasource.ts";

const [kind, section, id, name, count] = Deno.args;
const store = await openStore(kind!, JSON.parse(section!));
for (let n = 0; n < Number(count); n++) {
  const start = performance.now();
  await updateDocument(store, id!, [
    { op: "append", path: ["lists", name!], items: [n] },
  ]);
  console.log(`${n} ${(performance.now() - start).toFixed(2)}`);
}
await store.close();
