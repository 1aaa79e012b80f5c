import { CicdStateError, type ErrorCode } from "../errors.ts";

const PREFIX = "file://";

/**
 * Finds the file that a value names: `file://` and a path. It counts only where
 * it was written by hand, never where a template put it: what an answer or a
 * commit message says must not read local files.
 *
 * @param source The value as it was written.
 * @param rendered The value as it was rendered.
 * @returns The path, or `undefined` if the value names no file.
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
  /** What the file is to the user: `config file`, `app config file`. */
  readonly what: string;
  /** The code of a failure. */
  readonly code: ErrorCode;
  /** How the user names the file: `--config FILE`. */
  readonly naming: string;
  /**
   * Whether a byte order mark is kept.
   *
   * @default {false}
   */
  readonly keepBom?: boolean;
}

/**
 * Reads a text file, or a text by URL.
 *
 * @param source A path, or a `file:`, `http:` or `https:` URL.
 * @param options What the file is, for messages.
 * @returns Its text, which must be UTF-8.
 * @throws {CicdStateError} The given code, or `PERMISSION`.
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
  });
}

/** Options of {@linkcode decodeText}. */
interface DecodeOptions {
  /** What the bytes are from: `stdin`. */
  readonly what: string;
  /** The code of a failure. */
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
 * @param options What they are from, for the message.
 * @returns The text.
 * @throws {CicdStateError} The given code, if they are not UTF-8.
 */
export function decodeText(
  bytes: Uint8Array,
  { what, code, keepBom = false }: DecodeOptions,
): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: keepBom })
      .decode(bytes);
  } catch (cause) {
    throw new CicdStateError(
      code,
      `Cannot read ${what}: it is not UTF-8 text`,
      { hint: "Save it as UTF-8", cause },
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
      });
    if (cause instanceof Deno.errors.NotFound) {
      throw fail(code, "no such file", `Check the path given by ${naming}`);
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
        "the system refuses access",
        "Give this user read access to it",
      );
    }
    if (cause instanceof Deno.errors.IsADirectory) {
      throw fail(code, "it is a folder", `Name a file with ${naming}`);
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fail(code, reason, `Check the path given by ${naming}`);
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
    throw new CicdStateError(
      refused ? "PERMISSION" : code,
      `Cannot read ${what} "${source}": ${
        refused ? "Deno was not allowed to" : (cause as Error).message
      }`,
      {
        hint: refused
          ? `Run deno with --allow-net=${source.host}`
          : `Check the URL given by ${naming}`,
        cause,
      },
    );
  }
}
