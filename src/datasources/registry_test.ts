import { testStore } from "../../tests/support/store_contract.ts";
import { fileStore } from "./files/file_store.ts";
import { jsonFile } from "./files/json_file.ts";
import { yamlFile } from "./files/yaml_file.ts";
import { memoryStore } from "./memory/memory.ts";
import { sqliteStore } from "./sqlite/store.ts";

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
  open: () => fileStore(jsonFile(`${folder}/new/state.json`)),
  holdsOne: true,
});

const path = `${folder}/state.yaml`;
testStore({
  name: "fileStore(yamlFile())",
  open: () => fileStore(yamlFile(path)),
  holdsOne: true,
  overwrite: (_id, text) => Deno.writeTextFile(path, text),
});
