import { CicdStateError } from "../errors.ts";

const READER_TIMEOUT_MS = 10_000;

/** Options of {@linkcode openSpecial}. */
interface OpenSpecialOptions {
  /** The file's name in messages: `jsonfile state.json`. */
  readonly what: string;
  /** Whether it is a FIFO. */
  readonly isFifo: boolean;
  /**
   * Milliseconds to wait for the reader of a FIFO.
   *
   * @default {10000}
   */
  readonly timeoutMs?: number;
}

/**
 * Opens a device or FIFO for writing. A FIFO waits for a reader.
 *
 * @param path The path.
 * @param options What the file is, and how long to wait for the reader of a FIFO.
 * @returns The open file.
 * @throws {CicdStateError} `TIMEOUT`, if nobody reads the FIFO in time.
 */
export async function openSpecial(
  path: string,
  { what, isFifo, timeoutMs = READER_TIMEOUT_MS }: OpenSpecialOptions,
): Promise<Deno.FsFile> {
  const opening = Deno.open(path, { write: true });
  if (!isFifo) return await opening;
  const timeout = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => timeout.resolve(undefined), timeoutMs);
  try {
    const file = await Promise.race([opening, timeout.promise]);
    if (file !== undefined) return file;
  } finally {
    clearTimeout(timer);
  }
  await abandon(path, opening);
  throw new CicdStateError(
    "TIMEOUT",
    `Cannot write ${what}: nobody reads the FIFO ${path}`,
    { hint: "Start its reader first" },
  );
}

/** Ends the wait for a reader by becoming one: a thread waits otherwise for ever. */
async function abandon(
  path: string,
  opening: Promise<Deno.FsFile>,
): Promise<void> {
  using _both = await Deno.open(path, { read: true, write: true });
  (await opening).close();
}
