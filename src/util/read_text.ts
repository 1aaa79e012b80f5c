import { CicdStateError, type ErrorCode } from "../errors.ts";

const PREFIX = "file://";

/**
 * Returns the path of a `file://` value. Only a prefix that is written by hand
 * counts, not one that a template renders: an HTTP answer or a commit message must
 * not be able to read local files.
 *
 * @param source The value before rendering.
 * @param rendered The rendered value.
 * @returns The path, or `undefined` if the value does not name a file.
 */
export function fileNamedBy(
  source: string,
  rendered: string = source,
): string | undefined {
  const namesFile = source.trimStart().startsWith(PREFIX) &&
    rendered.startsWith(PREFIX);
  return namesFile ? rendered.slice(PREFIX.length) : undefined;
}

/** Options of {@linkcode readText}. */
interface ReadTextOptions {
  /** The kind of file, for messages: `config file`, `app config file`. */
  readonly what: string;
  /** The code of errors. */
  readonly code: ErrorCode;
  /** How the user names the file, for messages: `--config FILE`. */
  readonly naming: string;
  /**
   * Whether a byte order mark is kept.
   *
   * @default {false}
   */
  readonly keepBom?: boolean;
}

/**
 * Reads text from a file or a URL.
 *
 * @param source A path, or a `file:`, `http:` or `https:` URL.
 * @param options What the file is, for messages.
 * @returns The text.
 * @throws {CicdStateError} The given code, if it cannot be read or is not UTF-8, or
 * `PERMISSION`.
 */
export async function readText(
  source: string | URL,
  options: ReadTextOptions,
): Promise<string> {
  const bytes = source instanceof URL && source.protocol.startsWith("http")
    ? await fetchBytes(source, options)
    : await readBytes(source, options);
  return decodeText(bytes, {
    ...options,
    what: `${options.what} "${source}"`,
    file: `${source}`,
  });
}

/** Options of {@linkcode decodeText}. */
interface DecodeOptions {
  /** Where the bytes come from, for messages: `stdin`. */
  readonly what: string;
  /** The file that they come from, if it is one. */
  readonly file?: string;
  /** The code of errors. */
  readonly code: ErrorCode;
  /**
   * Whether a byte order mark is kept.
   *
   * @default {false}
   */
  readonly keepBom?: boolean;
}

/**
 * Decodes UTF-8.
 *
 * @param bytes The bytes.
 * @param options Where they come from, for messages.
 * @returns The text.
 * @throws {CicdStateError} The given code, if they are not UTF-8.
 */
export function decodeText(
  bytes: Uint8Array,
  { what, file, code, keepBom = false }: DecodeOptions,
): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: keepBom })
      .decode(bytes);
  } catch (cause) {
    throw new CicdStateError(
      code,
      `Cannot read ${what}: it is not UTF-8 text`,
      { hint: "Save it as UTF-8", cause, place: { file } },
    );
  }
}

async function readBytes(
  source: string | URL,
  { what, code, naming }: ReadTextOptions,
): Promise<Uint8Array> {
  try {
    return await Deno.readFile(source);
  } catch (cause) {
    const fail = (code: ErrorCode, why: string, hint: string) =>
      new CicdStateError(code, `Cannot read ${what} "${source}": ${why}`, {
        hint,
        cause,
        place: { file: `${source}` },
      });
    if (cause instanceof Deno.errors.NotFound) {
      throw fail(code, "no such file", `Check the path given as ${naming}`);
    }
    if (cause instanceof Deno.errors.NotCapable) {
      throw fail(
        "PERMISSION",
        "Deno was not allowed to",
        `Run deno with --allow-read=${source}`,
      );
    }
    if (cause instanceof Deno.errors.PermissionDenied) {
      throw fail(
        "PERMISSION",
        "the system denies access",
        "Give this user permission to read it",
      );
    }
    if (cause instanceof Deno.errors.IsADirectory) {
      throw fail(code, "it is a folder", "Name a file, not a folder");
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fail(code, reason, `Check the path given as ${naming}`);
  }
}

async function fetchBytes(
  source: URL,
  { what, code, naming }: ReadTextOptions,
): Promise<Uint8Array> {
  try {
    const response = await fetch(source);
    if (response.ok) return await response.bytes();
    await response.body?.cancel();
    throw new Error(`HTTP status ${response.status}`);
  } catch (cause) {
    const refused = cause instanceof Deno.errors.NotCapable;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CicdStateError(
      refused ? "PERMISSION" : code,
      `Cannot read ${what} "${source}": ${
        refused ? "Deno was not allowed to" : why
      }`,
      {
        hint: refused
          ? `Run deno with --allow-net=${source.host}`
          : `Check the URL given as ${naming}`,
        cause,
        place: { file: `${source}` },
      },
    );
  }
}
