import { parseJson } from "../../src/formats/json.ts";
import { pythonJson } from "../../src/formats/json_writer.ts";
import type { Value } from "../../src/values.ts";
import {
  type ReceivedRequest,
  startHttpServer,
  type TestServer,
} from "../support/http_server.ts";
import type { Answer } from "./scenario.ts";

/** What HTTP clients add on their own, each in its own way: not echoed. */
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

/** A server that answers from a script and remembers what it got. */
export interface Recorder extends TestServer {
  /**
   * Sets what is answered from now on: path to answers, of which the last
   * repeats. A path without any is echoed.
   */
  follow(script: Readonly<Record<string, readonly Answer[]>>): void;
}

/** Starts one. */
export function startRecorder(): Recorder {
  let script = new Map<string, Answer[]>();
  const server = startHttpServer((request) =>
    toResponse(nextAnswer(request.path) ?? echo(request, server.url))
  );
  return {
    url: server.url,
    requests: server.requests,
    follow(answers) {
      script = new Map(
        Object.entries(answers).map(([path, list]) => [path, [...list]]),
      );
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };

  function nextAnswer(path: string): Answer | undefined {
    const answers = script.get(path);
    return answers && (answers.length > 1 ? answers.shift() : answers[0]);
  }
}

function echo({ path, body, headers }: ReceivedRequest, base: string): Answer {
  const json = parseOrNull(body);
  const own = Object.entries(headers)
    .filter(([name]) => !CLIENT_HEADERS.has(name));
  return {
    body: {
      args: {},
      data: json ?? body,
      headers: Object.fromEntries(own),
      json,
      url: base + path,
    },
  };
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
