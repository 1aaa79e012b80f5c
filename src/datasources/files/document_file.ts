import { CicdStateError } from "../../errors.ts";
import { parseJson } from "../../formats/json.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import type { Document } from "../../document/change.ts";
import { documentId } from "../../document/id.ts";
import { checkReplaceable, fileError, replaceFile } from "../../util/files.ts";
import { isMapping, type Value } from "../../values.ts";
import { openText, sealText } from "../shared/document_text.ts";
import type { Mirror } from "../../document/store.ts";
import type { DatasourceExtras, FileOptions, TextCodec } from "../types.ts";

/** How a file holds a document. */
interface DocumentFileFormat {
  /** The kind of datasource, as configs name it. */
  readonly kind: "jsonfile" | "yamlfile";
  /** The file's path. */
  readonly path: string;
  /** Parses the file's text. */
  readonly parse: (text: string) => Value;
  /** Writes a document as the file's text. */
  readonly stringify: (document: Document) => string;
  /** Seals the text. */
  readonly codec: TextCodec | undefined;
}

/** Reads and writes a file that holds one document. */
export class DocumentFile {
  /** The file's path. */
  readonly path: string;
  /** Names it in messages: `jsonfile localdata/state.json`. */
  readonly name: string;
  readonly #format: DocumentFileFormat;

  /** @param format How the file holds the document. */
  constructor(format: DocumentFileFormat) {
    this.path = format.path;
    this.name = `${format.kind} ${format.path}`;
    this.#format = format;
  }

  /** Reads what the file holds, sealed or not; `undefined`: there is no file. */
  async readStored(): Promise<string | undefined> {
    try {
      return await Deno.readTextFile(this.path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw fileError(error, "read", this.name, this.path);
    }
  }

  /** Decodes what the file holds. */
  async decode(stored: string): Promise<Document> {
    const { parse, codec } = this.#format;
    // Whoever edited the file by hand may have left a byte order mark.
    const text = stored.startsWith("\uFEFF") ? stored.slice(1) : stored;
    const opened = await openText(text, codec, this.name);
    try {
      const value = parse(opened);
      if (isMapping(value)) return value;
    } catch (cause) {
      if (!(cause instanceof CicdStateError)) throw cause;
      throw this.#damaged(cause.message, cause);
    }
    throw this.#damaged("it does not hold a mapping");
  }

  /** Replaces what the file holds; returns that. */
  async write(document: Document, durable: boolean): Promise<string> {
    const { stringify, codec } = this.#format;
    const text = stringify(document);
    const stored = await sealText(text, codec);
    await replaceFile(this.path, stored, { what: this.name, durable });
    return stored;
  }

  /** Removes the file. */
  async remove(): Promise<void> {
    try {
      await Deno.remove(this.path);
    } catch (error) {
      throw fileError(error, "write", this.name, this.path);
    }
  }

  #damaged(why: string, cause?: unknown): CicdStateError {
    return new CicdStateError("STORE", `Cannot read ${this.name}: ${why}`, {
      hint: "Mend the file, or write it anew by --init-new ID",
      cause,
    });
  }
}

/**
 * Fails if a file's document is another's than was asked for.
 *
 * @param file The file.
 * @param document What it holds.
 * @param id The id that was asked for.
 * @throws {CicdStateError} `NOT_FOUND`, naming the id that it holds.
 */
export function expectId(
  file: DocumentFile,
  document: Document,
  id: string,
): void {
  const held = documentId(document);
  if (held === id) return;
  throw new CicdStateError(
    "NOT_FOUND",
    `No document "${id}" in ${file.name}: it holds ${
      held === undefined ? "one without an id" : `"${held}"`
    }`,
    {
      hint: held === undefined
        ? `Create it by --init-new ${id}`
        : `Name it by --id ${held}, or replace it by --init-new ${id}`,
    },
  );
}

/**
 * Makes a mirror of a file that holds one document.
 *
 * @param file The file.
 * @returns The mirror.
 */
export function fileMirror(file: DocumentFile): Mirror {
  async function read(id: string): Promise<Document | undefined> {
    const stored = await file.readStored();
    if (stored === undefined) return undefined;
    const document = await file.decode(stored);
    return documentId(document) === id ? document : undefined;
  }
  return {
    name: file.name,
    check: () => checkReplaceable(file.path, file.name),
    read,
    async write(_id, document) {
      await file.write(document, false);
    },
    async remove(id) {
      if (await read(id) !== undefined) await file.remove();
    },
  };
}

/**
 * Makes a JSON file that holds one document, as a store or a mirror.
 *
 * @param options Where the file is.
 * @param extras How its text is sealed.
 * @returns The file.
 */
export function jsonFile(
  { path }: FileOptions,
  { codec }: DatasourceExtras = {},
): DocumentFile {
  return new DocumentFile({
    kind: "jsonfile",
    path,
    parse: parseJson,
    stringify: (document) => stringifyJson(document, { indent: 2 }),
    codec,
  });
}
