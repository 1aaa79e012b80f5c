import {
  applyChange,
  type Change,
  type Document,
  type Operation,
} from "../document/change.ts";
import type { Mapping, Value } from "../values.ts";
import type { EventOutcome, EventServices, PlannedRequest } from "./types.ts";

/** The handlers of one event at work: the document as they change it. */
export class EventRun {
  /** What handlers need of the world around them. */
  readonly services: EventServices;
  /** What a dry run would have sent. */
  readonly planned: PlannedRequest[] = [];
  readonly #operations: Operation[] = [];
  #document: Document;

  constructor(document: Document, services: EventServices) {
    this.#document = document;
    this.services = services;
  }

  /** The document as the handlers before have left it. */
  get document(): Document {
    return this.#document;
  }

  /**
   * Applies a change, all of it or nothing: later handlers see it.
   *
   * @throws {CicdStateError} `PATH`.
   */
  commit(change: Change): void {
    this.#document = applyChange(this.#document, change);
    this.#operations.push(...change);
  }

  /** Makes what templates see now, with names of the handler's own. */
  context(names: Mapping): Mapping {
    return { ...this.services.contextOf(this.#document), ...names };
  }

  /** Renders a template. */
  render(source: string, context: Mapping): Promise<string> {
    return this.services.renderer.render(source, context);
  }

  /** Tells whether an `if` lets its config run. A config without one runs. */
  allows(
    condition: Value | undefined,
    context: Mapping,
  ): Promise<boolean> {
    return this.services.renderer.allows(condition, context);
  }

  /** Tells what was done, and how it ended. */
  outcome(failure: EventOutcome["failure"]): EventOutcome {
    return {
      operations: this.#operations,
      document: this.#document,
      failure,
      requests: this.planned,
    };
  }
}
