import { parseJson, pythonJson } from "../../src/formats/json.ts";
import type { Value } from "../../src/values.ts";
import type { Answer, RecordedRequest } from "./scenario.ts";

/** What every HTTP client adds on its own. */
const CLIENT_HEADERS: ReadonlySet<string> = new Set([
  "accept-encoding",
  "accept-language",
  "connection",
  "content-length",
  "host",
  "idempotency-key",
  "transfer-encoding",
  "user-agent",
]);

/**
 * A real HTTP server that records every request. It answers from a script, path
 * to answers, of which the last repeats; a path without one is echoed.
 */
export class Recorder implements AsyncDisposable {
  readonly requests: RecordedRequest[] = [];
  readonly base: string;
  #script = new Map<string, Answer[]>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#handle(request),
    );
    this.base = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Sets what is answered from now on. */
  follow(script: Readonly<Record<string, readonly Answer[]>>): void {
    this.#script = new Map(
      Object.entries(script).map(([path, answers]) => [path, [...answers]]),
    );
  }

  async #handle(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const headers = Object.fromEntries(
      [...request.headers].filter(([name]) => !CLIENT_HEADERS.has(name)),
    );
    const recorded = {
      method: request.method,
      path: pathname + search,
      body: await request.text(),
      headers,
    };
    this.requests.push(recorded);
    return toResponse(this.#nextAnswer(recorded.path) ?? this.#echo(recorded));
  }

  #nextAnswer(path: string): Answer | undefined {
    const answers = this.#script.get(path);
    return answers && (answers.length > 1 ? answers.shift() : answers[0]);
  }

  #echo({ path, body, headers }: RecordedRequest): Answer {
    const json = parseOrNull(body);
    const url = this.base + path;
    return {
      body: {
        args: {},
        data: json ?? body,
        headers: { ...headers },
        json,
        url,
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

function toResponse(
  { status = 200, headers = {}, body = "" }: Answer,
): Response {
  const isText = typeof body === "string";
  return new Response(isText ? body : pythonJson(body), {
    status,
    headers: {
      "content-type": isText ? "text/plain; charset=utf-8" : "application/json",
      ...headers,
    },
  });
}

function parseOrNull(text: string): Value {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
