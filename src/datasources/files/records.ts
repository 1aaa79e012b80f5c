import type { StateRecords } from "../../document/capabilities.ts";
import { documentId } from "../../document/id.ts";
import { type FileLock, lockFile } from "../../util/file_lock.ts";
import { realPathOf } from "../../util/real_path.ts";
import { replaceFile } from "../../util/replace_file.ts";
import { getKey, isMapping, type Mapping, setKey } from "../../values.ts";
import { parseJson } from "../../formats/json.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import { CicdStateError } from "../../errors.ts";
import { fileError } from "../../util/file_error.ts";
import type { DocumentFile } from "./document_file.ts";

/** Returns the path of the file that holds the records: `<path>.records`. */
async function recordsPath({ path }: DocumentFile): Promise<string> {
  return `${await realPathOf(path)}.records`;
}

/**
 * Keeps records in a file beside the document's file.
 *
 * @param file The document's file.
 * @returns The records.
 */
export function fileRecords(file: DocumentFile): StateRecords {
  const what = `${file.name}.records`;
  const { mode } = file;

  /** Reads the records of a document: those of another one do not count. */
  async function readAll(id: string): Promise<Map<string, string>> {
    const text = await readIfThere(await recordsPath(file), what);
    if (text === undefined) return new Map();
    const held = parseRecords(text, what);
    if (getKey(held, "id") !== id) return new Map();
    const records = getKey(held, "records");
    return new Map(
      Object.entries(isMapping(records) ? records : {})
        .map(([name, value]) => [name, String(value)]),
    );
  }

  async function write(
    id: string,
    records: ReadonlyMap<string, string>,
    lock: FileLock,
  ): Promise<boolean> {
    const held: Mapping = {};
    for (const [name, record] of records) setKey(held, name, record);
    return await replaceFile(
      await recordsPath(file),
      `${stringifyJson({ id, records: held }, { indent: 2 })}\n`,
      // Whoever removed the lock file has let others in.
      { what, mode, durable: true, confirm: () => lock.isHeld() },
    );
  }
  return {
    async read(id, name) {
      return (await readAll(id)).get(name);
    },
    async swap(id, name, next, before, signal) {
      await using lock = await lockFile(file.path, {
        what: file.name,
        mode,
        signal,
      });
      const stored = await file.readStored();
      if (stored === undefined) return false;
      if (documentId(await file.decode(stored)) !== id) return false;
      const records = await readAll(id);
      if (records.get(name) !== before) return false;
      return await write(id, records.set(name, next), lock);
    },
  };
}

/**
 * Removes the file that holds the records, if there is one.
 *
 * @param file The document's file.
 * @throws {CicdStateError} `STORE` or `PERMISSION`.
 */
export async function removeRecords(file: DocumentFile): Promise<void> {
  const path = await recordsPath(file);
  try {
    await Deno.remove(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw fileError(error, "write", `${file.name}.records`, path);
  }
}

async function readIfThere(
  path: string,
  what: string,
): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw fileError(error, "read", what, path);
  }
}

function parseRecords(text: string, what: string): Mapping {
  let why = "it is not a mapping";
  try {
    const value = parseJson(text);
    if (isMapping(value)) return value;
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    why = error.message;
  }
  throw new CicdStateError("STORE", `Cannot read ${what}: ${why}`, {
    hint: "Remove it; locks that are held now are then lost",
  });
}
