import {
  Breaks,
  type Exchange,
  ExchangeError,
  type HttpAnswer,
} from "./exchange.ts";

/**
 * Creates the function that sends requests with fetch, which knows the proxies of
 * the environment, even those that Deno may not let us read.
 *
 * @param caCerts The authorities to trust besides the usual ones, as PEM.
 * @returns The function.
 */
export function createFetchExchange(
  caCerts: readonly string[] | undefined,
): Exchange {
  return async ({ url, method, headers, body }, signal) => {
    const client = caCerts && Deno.createHttpClient({ caCerts: [...caCerts] });
    try {
      const response = await fetch(url, {
        method,
        headers: Object.fromEntries(headers),
        ...(body !== undefined && { body }),
        redirect: "manual",
        signal,
        ...(client !== undefined && { client }),
      });
      return new FetchAnswer(response, client, new Breaks(signal));
    } catch (error) {
      client?.close();
      throw explain(error);
    }
  };
}

class FetchAnswer implements HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly #response: Response;
  readonly #client: Deno.HttpClient | undefined;
  readonly #breaks: Breaks;

  constructor(
    response: Response,
    client: Deno.HttpClient | undefined,
    breaks: Breaks,
  ) {
    this.status = response.status;
    this.statusText = response.statusText;
    this.#response = response;
    this.#client = client;
    this.#breaks = breaks;
  }

  header(name: string): string | undefined {
    return this.#response.headers.get(name) ?? undefined;
  }

  async text(maxBytes: number): Promise<string | undefined> {
    const decoder = new TextDecoder();
    let text = "";
    let size = 0;
    try {
      // Leaving the loop early cancels the stream.
      for await (const chunk of this.#response.body ?? []) {
        size += chunk.length;
        if (size > maxBytes) return undefined;
        text += decoder.decode(chunk, { stream: true });
        await this.#breaks.take();
      }
      return text + decoder.decode();
    } catch (error) {
      throw explain(error);
    }
  }

  close(): void {
    // It fails if the body was cancelled or read.
    if (!this.#response.bodyUsed) this.#response.body?.cancel();
    this.#client?.close();
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Deno.errors.NotCapable) {
    return error;
  }
  // Deno puts the URL and the failing layer in front of the system's message.
  const { cause } = error;
  const text = cause instanceof Error ? cause.message : error.message;
  const problem = text.replace(/^.*client error \(\w+\): /s, "");
  return new ExchangeError(problem, cause !== undefined, error);
}
