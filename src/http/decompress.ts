import { ExchangeError } from "./exchange.ts";

/** The coding names of HTTP that Deno can decode. */
const FORMATS: ReadonlyMap<string, CompressionFormat> = new Map([
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["deflate", "deflate"],
]);

/**
 * Decompresses a body. An empty one stays empty.
 *
 * @param chunks The body as it was sent.
 * @param coding The `Content-Encoding`, in lower case.
 * @returns The body.
 * @throws {ExchangeError} If the coding is unknown or the body is invalid; the
 * errors of `chunks`.
 */
export async function* decompress(
  chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  coding: string,
): AsyncGenerator<Uint8Array> {
  const format = FORMATS.get(coding);
  if (format === undefined) throw invalid("content-encoding");
  const first = await chunks.next();
  if (first.done) return;
  async function* all(start: Uint8Array<ArrayBuffer>) {
    yield start;
    yield* chunks;
  }
  try {
    yield* ReadableStream.from(all(first.value))
      .pipeThrough(new DecompressionStream(format));
  } catch (error) {
    // Errors of the connection are of other types.
    throw error instanceof TypeError ? invalid(`${format} body`) : error;
  }
}

function invalid(what: string): ExchangeError {
  return new ExchangeError(`the response has an invalid ${what}`, false);
}
