import { jsonFile } from "../../src/datasources/files/document_file.ts";
import { fileStore } from "../../src/datasources/files/file_store.ts";
import { memoryStore } from "../../src/datasources/memory/memory.ts";
import { sqliteStore } from "../../src/datasources/sqlite/sqlite.ts";
import { yamlFile } from "../../src/datasources/files/yaml_file.ts";
import { testStore } from "./store_contract.ts";

const folder = await Deno.makeTempDir({ prefix: "stores-" });
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const memory = memoryStore();
testStore({ name: "memoryStore()", open: () => memory });

testStore({
  name: "sqliteStore()",
  open: () => sqliteStore({ path: `${folder}/new/state.db` }),
});

testStore({
  name: "fileStore(jsonFile())",
  open: () => fileStore(jsonFile({ path: `${folder}/new/state.json` })),
  holdsOne: true,
});

const path = `${folder}/state.yaml`;
testStore({
  name: "fileStore(yamlFile())",
  open: () => fileStore(yamlFile({ path })),
  holdsOne: true,
  overwrite: (_id, text) => Deno.writeTextFile(path, text),
});
