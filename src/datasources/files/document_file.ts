import type { Document } from "../../document/change.ts";
import { documentId } from "../../document/id.ts";
import type { Mirror } from "../../document/store.ts";
import { CicdStateError } from "../../errors.ts";
import { parseJson } from "../../formats/json.ts";
import { isMapping, type Value } from "../../values.ts";
import {
  openText,
  type SealedPart,
  sealText,
  type TextCodec,
} from "../shared/extras.ts";

/** Where a document's file is, and who can read it. */
export interface DocumentFileOptions {
  /** The file's path. */
  readonly path: string;
  /** The file's mode. Default: see `replaceFile()`. */
  readonly mode?: number | undefined;
  /** Encrypts the content. */
  readonly codec?: TextCodec | undefined;
  /** Receives warnings. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** How a file holds a document. */
interface DocumentFileFormat {
  /** The kind of datasource, for messages: `jsonfile`. */
  readonly kind: string;
  /** Parses the file's content. */
  readonly parse: (text: string) => Value;
  /** Serializes a document as the file's content. */
  readonly stringify: (document: Document) => string | Promise<string>;
}

/**
 * Reads and writes a file that holds one document. What only writing needs is
 * loaded when it writes: most commands read.
 */
export class DocumentFile {
  /** The file's path. */
  readonly path: string;
  /** The file's name in messages: `jsonfile localdata/state.json`. */
  readonly name: string;
  /** The file's mode, if it is configured. */
  readonly mode: number | undefined;
  readonly #options: DocumentFileOptions;
  readonly #format: DocumentFileFormat;

  /**
   * Creates it.
   *
   * @param options Where the file is.
   * @param format How it holds the document.
   */
  constructor(options: DocumentFileOptions, format: DocumentFileFormat) {
    this.path = options.path;
    this.name = `${format.kind} ${options.path}`;
    this.mode = options.mode;
    this.#options = options;
    this.#format = format;
  }

  /**
   * Reads the file's content, encrypted or not.
   *
   * @returns The content, or `undefined` if there is no file.
   * @throws {CicdStateError} `STORE` or `PERMISSION`.
   */
  async readStored(): Promise<string | undefined> {
    try {
      return await Deno.readTextFile(this.path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      const { fileError } = await import("../../util/file_error.ts");
      throw fileError(error, "read", this.name, this.path);
    }
  }

  /**
   * Decrypts and parses the file's content.
   *
   * @param stored The content.
   * @returns The document.
   * @throws {CicdStateError} `STORE`, if it is damaged or encrypted with another key.
   */
  async decode(stored: string): Promise<Document> {
    const { parse } = this.#format;
    // Editors may leave a byte order mark.
    const text = stored.startsWith("\uFEFF") ? stored.slice(1) : stored;
    const opened = await openText(text, this.#options.codec, {
      ...this.#part(undefined),
      where: this.name,
    });
    try {
      const value = parse(opened);
      if (isMapping(value)) return value;
    } catch (cause) {
      if (!(cause instanceof CicdStateError)) throw cause;
      throw this.#damaged(cause.message, cause);
    }
    throw this.#damaged("it does not hold a mapping");
  }

  /**
   * Replaces the file's content.
   *
   * @param id The document's id.
   * @param document The document that it will hold.
   * @param options Whether it must survive a power failure, and a last check.
   * @returns The new content, or `undefined` if `confirm` said no.
   * @throws {CicdStateError} `STORE` or `PERMISSION`.
   */
  async write(
    id: string,
    document: Document,
    options: {
      readonly durable: boolean;
      readonly confirm?: () => Promise<boolean>;
    },
  ): Promise<string | undefined> {
    const { codec, path, mode, warn } = this.#options;
    const text = await this.#format.stringify(document);
    const stored = await sealText(text, codec, this.#part(id));
    const { replaceFile } = await import("../../util/replace_file.ts");
    const isWritten = await replaceFile(path, stored, {
      what: this.name,
      mode,
      warn,
      ...options,
    });
    return isWritten ? stored : undefined;
  }

  /**
   * Removes the file.
   *
   * @throws {CicdStateError} `STORE` or `PERMISSION`.
   */
  async remove(): Promise<void> {
    try {
      await Deno.remove(this.path);
    } catch (error) {
      const { fileError } = await import("../../util/file_error.ts");
      throw fileError(error, "write", this.name, this.path);
    }
  }

  /**
   * Fails if the file's document is not the one that was asked for.
   *
   * @param document The document that the file holds.
   * @param id The id that was asked for.
   * @throws {CicdStateError} `NOT_FOUND`, naming the id that the file holds.
   */
  expectId(document: Document, id: string): void {
    const held = documentId(document);
    if (held === id) return;
    throw new CicdStateError(
      "NOT_FOUND",
      `No document "${id}" in ${this.name}: it holds ${
        held === undefined ? "one without an id" : `"${held}"`
      }`,
      {
        hint: held === undefined
          ? "If a program is writing the file, try again when it is done"
          : `Select it with --id ${held}, or replace it with cicdstatemgr init ${id} --replace`,
      },
    );
  }

  /** A file does not count revisions, and its document says which one it is. */
  #part(id: string | undefined): SealedPart {
    return { kind: this.#format.kind, id };
  }

  #damaged(why: string, cause?: unknown): CicdStateError {
    return new CicdStateError("STORE", `Cannot read ${this.name}: ${why}`, {
      hint: "Fix the file, or replace it with cicdstatemgr init ID --replace",
      cause,
    });
  }
}

/**
 * Makes a mirror of a file that holds one document. Requires `--allow-read` and
 * `--allow-write` for the file's folder.
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
    async check() {
      const { checkReplaceable } = await import("../../util/replace_file.ts");
      await checkReplaceable(file.path, file.name);
    },
    read,
    async write(id, document) {
      await file.write(id, document, { durable: false });
    },
    async remove(id) {
      if (await read(id) !== undefined) await file.remove();
    },
  };
}

/**
 * Makes a JSON file that holds one document.
 *
 * @param options Where the file is.
 * @returns The file.
 */
export function jsonFile(options: DocumentFileOptions): DocumentFile {
  return new DocumentFile(options, {
    kind: "jsonfile",
    parse: parseJson,
    async stringify(document) {
      const { stringifyJson } = await import("../../formats/json_writer.ts");
      return stringifyJson(document, { indent: 2 });
    },
  });
}
