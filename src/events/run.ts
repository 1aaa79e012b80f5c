import { assign } from "../document/assignment.ts";
import {
  applyChange,
  type Change,
  type Document,
  type Operation,
} from "../document/change.ts";
import type { CicdStateError } from "../errors.ts";
import type { HttpConfig } from "../http/config.ts";
import type { DeliveryResult } from "../http/deliver.ts";
import type { DeliveryRequest } from "../http/request.ts";
import { addTemplateOwner } from "../templates/renderer.ts";
import { fileNamedBy } from "../util/read_text.ts";
import type { Mapping, Value } from "../values.ts";
import type { Transfer } from "./sections.ts";
import type { EventOutcome, EventServices, PlannedRequest } from "./types.ts";

/** A running event, and the document as its handlers change it. */
export class EventRun {
  /** What handlers need. */
  readonly services: EventServices;
  /** What a dry run would have sent. */
  readonly planned: PlannedRequest[] = [];
  readonly #operations: Operation[] = [];
  readonly #sent: string[] = [];
  readonly #delivered: string[] = [];
  #underWay: string | undefined;
  #document: Document;

  /**
   * @param document The document before the first handler.
   * @param services What handlers need.
   */
  constructor(document: Document, services: EventServices) {
    this.#document = document;
    this.services = services;
  }

  /** The document as the previous handlers left it. */
  get document(): Document {
    return this.#document;
  }

  /**
   * Applies a change, all of it or nothing. Later handlers see it.
   *
   * @throws {CicdStateError} `PATH`.
   */
  commit(change: Change): void {
    this.#document = applyChange(this.#document, change);
    this.#operations.push(...change);
  }

  /** Returns the current template context, with additional names. */
  context(names: Mapping): Mapping {
    return { ...this.services.contextOf(this.#document), ...names };
  }

  /**
   * Renders a template.
   *
   * @param source The template.
   * @param context The variables that it sees.
   * @param key The key that holds it, for messages.
   * @throws {CicdStateError} `TEMPLATE`.
   */
  async render(
    source: string,
    context: Mapping,
    key: string,
  ): Promise<string> {
    try {
      return await this.services.renderer.render(source, context);
    } catch (error) {
      throw addTemplateOwner(error, `Cannot render "${key}"`);
    }
  }

  /**
   * Reports whether an `if` allows its config to run; `undefined` does.
   *
   * @param condition The value of `if`.
   * @param context The variables that it sees.
   * @param where The path of the `if`, for messages.
   * @throws {CicdStateError} `TEMPLATE`.
   */
  async allows(
    condition: Value | undefined,
    context: Mapping,
    where: string,
  ): Promise<boolean> {
    try {
      return await this.services.renderer.allows(condition, context);
    } catch (error) {
      throw addTemplateOwner(error, `Cannot render "${where}"`);
    }
  }

  /**
   * Sends a handler's request.
   *
   * @throws {CicdStateError} `PERMISSION` or `CONFIG`; the reason of the signal.
   */
  async deliver(
    label: string,
    request: DeliveryRequest,
    http: HttpConfig,
  ): Promise<DeliveryResult> {
    const { deliver, signal } = this.services;
    const caFile = await this.#caFile(label, http);
    signal?.throwIfAborted();
    this.#underWay = label;
    this.#sent.push(label);
    const result = await deliver(request, { ...http, caFile }, signal);
    this.#underWay = undefined;
    if (result.delivered) this.#delivered.push(label);
    return result;
  }

  /** Returns the `ca-file`. A handler may name only files that may be read. */
  async #caFile(
    label: string,
    { caFile }: HttpConfig,
  ): Promise<string | undefined> {
    const { http, files } = this.services;
    if (caFile === undefined || caFile === http.caFile) return caFile;
    return await files.resolve(caFile, `${label}.http.ca-file`);
  }

  /** Returns what was done, and how it ended. */
  outcome(failure?: CicdStateError): EventOutcome {
    return {
      operations: this.#operations,
      document: this.#document,
      failure,
      sent: this.#sent,
      requests: this.planned,
    };
  }

  /** Returns what was done until the signal was aborted. */
  interrupted(): EventOutcome {
    const interruption = {
      reason: this.services.signal?.reason,
      sent: this.#delivered,
      unsure: this.#underWay,
    };
    return { ...this.outcome(), interruption };
  }
}

/**
 * Renders transfers in one context, so that they do not see each other.
 *
 * @param transfers The transfers. One whose `from` renders to nothing is left
 * out.
 * @param context The template context.
 * @param run The running event.
 * @returns The operations that set their values.
 * @throws {CicdStateError} `PATH`, `INPUT` or `PERMISSION`.
 */
export async function evaluateTransfers(
  transfers: readonly Transfer[],
  context: Mapping,
  run: EventRun,
): Promise<Operation[]> {
  const operations: Operation[] = [];
  for (const { from, to, where } of transfers) {
    const text = (await run.render(from, context, `${where}.from`)).trim();
    if (text === "") continue;
    const target = (await run.render(to, context, `${where}.to`)).trim();
    if (target === "") {
      run.services.log.warn(`Skipped "${where}": its "to" is blank`);
      continue;
    }
    const path = fileNamedBy(from, text);
    const value = path === undefined
      ? text
      : await run.services.files.load(path, `${where}.from`);
    operations.push(assign(target, value));
  }
  return operations;
}
