// A kind of datasource as a contributor would add it: see "Add a datasource" in
// CONTRIBUTING.md. It keeps each document in a file of its own.
import {
  type DatasourceKind,
  defineKind,
  PRIMARY_KEYS,
} from "../../src/datasources/kind.ts";
import type { StateStore } from "../../src/document/store.ts";
import { parseJson } from "../../src/formats/json.ts";
import { stringifyJson } from "../../src/formats/json_writer.ts";
import { object, required } from "../../src/schema/composite.ts";
import { string } from "../../src/schema/schema.ts";
import { digestHex } from "../../src/util/digest.ts";
import { isMapping } from "../../src/values.ts";

/** A folder that holds a file for each document. */
export const toy: DatasourceKind = defineKind({
  name: "toy",
  description: "A folder that holds a file for each document.",
  options: object({
    ...PRIMARY_KEYS,
    "folder": required(string({ description: "The folder. It must exist." })),
  }),
  store: {
    can: ["hold many documents", "remove documents"],
    open: ({ folder }) => Promise.resolve(toyStore(folder)),
  },
});

function toyStore(folder: string): StateStore {
  const pathOf = (id: string) => `${folder}/${encodeURIComponent(id)}.json`;
  async function readText(id: string): Promise<string | undefined> {
    try {
      return await Deno.readTextFile(pathOf(id));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }
  async function revision(id: string): Promise<string | undefined> {
    const text = await readText(id);
    return text && await digestHex("SHA-256", text);
  }
  return {
    name: `toy ${folder}`,
    revision,
    async read(id) {
      const text = await readText(id);
      const document = text === undefined ? undefined : parseJson(text);
      if (text === undefined || !isMapping(document)) return undefined;
      return { document, revision: await digestHex("SHA-256", text) };
    },
    async swap(id, next, before, { overwrite = false } = {}) {
      if (!overwrite && await revision(id) !== before?.revision) {
        return undefined;
      }
      const text = stringifyJson(next);
      await Deno.writeTextFile(pathOf(id), text);
      return await digestHex("SHA-256", text);
    },
    async remove(id) {
      const existed = await readText(id) !== undefined;
      if (existed) await Deno.remove(pathOf(id));
      return existed;
    },
    close: () => Promise.resolve(),
  };
}
