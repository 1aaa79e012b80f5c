import type {
  Document,
  Snapshot,
  StateStore,
} from "@cicdstatemgr/cicdstatemgr";
import {
  CicdStateError,
  parseJson,
  stringifyJson,
} from "@cicdstatemgr/cicdstatemgr";

/**
 * A store on any HTTP server that has ETags and conditional writes, as the object
 * stores of the large clouds do. A document is an object; `If-Match` makes sure
 * that no write is lost.
 */
export class ObjectStore implements StateStore {
  readonly name: string;
  readonly #url: URL;

  /** @param url The folder of the objects; it ends with a slash. */
  constructor(url: URL) {
    this.name = `objects ${url.host}`;
    this.#url = url;
  }

  async read(id: string): Promise<Snapshot | undefined> {
    const response = await this.#send("GET", id);
    const text = await response.text();
    if (response.status === 404) return undefined;
    return {
      document: parseJson(text) as Document,
      revision: response.headers.get("etag") ?? "",
    };
  }

  async revision(id: string): Promise<string | undefined> {
    const response = await this.#send("HEAD", id);
    if (response.status === 404) return undefined;
    return response.headers.get("etag") ?? "";
  }

  async swap(
    id: string,
    next: Document,
    before: Snapshot | undefined,
    { overwrite = false }: { overwrite?: boolean | undefined } = {},
  ): Promise<string | undefined> {
    const condition: Record<string, string> = before
      ? { "if-match": before.revision }
      : { "if-none-match": "*" };
    const response = await this.#send("PUT", id, {
      headers: overwrite ? {} : condition,
      body: stringifyJson(next),
    });
    await response.body?.cancel();
    // Somebody else was faster. The manager reads again and repeats the change.
    if (response.status === 412) return undefined;
    return response.headers.get("etag") ?? "";
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #send(
    method: string,
    id: string,
    init: RequestInit = {},
  ): Promise<Response> {
    const url = new URL(encodeURIComponent(id), this.#url);
    try {
      const response = await fetch(url, { ...init, method });
      if (response.ok || [404, 412].includes(response.status)) return response;
      await response.body?.cancel();
      throw new Error(`status ${response.status}`);
    } catch (cause) {
      throw new CicdStateError(
        "STORE",
        `${this.name} did not accept ${method} of "${id}"`,
        { hint: "Check the address and the rights", cause },
      );
    }
  }
}
