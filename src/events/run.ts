import {
  applyChange,
  type Change,
  type Document,
  type Operation,
} from "../document/change.ts";
import type { Mapping, Value } from "../values.ts";
import type { EventOutcome, EventServices, PlannedRequest } from "./types.ts";

/** An event at work: the document as its handlers change it. */
export class EventRun {
  /** What handlers work with. */
  readonly services: EventServices;
  /** What a dry run would have sent. */
  readonly planned: PlannedRequest[] = [];
  readonly #operations: Operation[] = [];
  #document: Document;

  /**
   * @param document The document before the first handler.
   * @param services What handlers work with.
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

  /** Returns the current template context, with further names. */
  context(names: Mapping): Mapping {
    return { ...this.services.contextOf(this.#document), ...names };
  }

  /** Renders a template. */
  render(source: string, context: Mapping): Promise<string> {
    return this.services.renderer.render(source, context);
  }

  /** Reports whether an `if` lets its config run. Without one, it runs. */
  allows(
    condition: Value | undefined,
    context: Mapping,
  ): Promise<boolean> {
    return this.services.renderer.allows(condition, context);
  }

  /** Returns what was done, and how it ended. */
  outcome(failure: EventOutcome["failure"]): EventOutcome {
    return {
      operations: this.#operations,
      document: this.#document,
      failure,
      requests: this.planned,
    };
  }
}
