/** What a template is read from. */
export interface Source {
  /** The template's name; `undefined`: it has none. */
  readonly name: string | undefined;
  /** The source, whose line ends are `\n`. */
  readonly text: string;
}

/** A place in a source, both numbers counted from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * A failure on its way out of a template. It learns its place from the
 * innermost statement or expression that it passes, and leaves the engine as a
 * {@linkcode TemplateError}.
 */
export class TemplateFailure extends Error {
  /** How to fix it. */
  readonly hint: string | undefined;
  #source: Source | undefined;
  #place: Place | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = "TemplateFailure";
    this.hint = hint;
  }

  /** The source that it happened in; `undefined` until it is located. */
  get source(): Source | undefined {
    return this.#source;
  }

  /** Where it happened; `undefined` until it is located. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Records where it happened, unless something further inside did. */
  locate(source: Source, place: Place): this {
    if (this.#source === undefined) {
      this.#source = source;
      this.#place = place;
    }
    return this;
  }
}

/** A source that is not a template. */
export class SyntaxFailure extends TemplateFailure {
  /** What could stand there instead; empty if it cannot be listed. */
  readonly expected: readonly string[];

  constructor(
    message: string,
    expected: readonly string[] = [],
    hint?: string,
  ) {
    super(message, hint);
    this.expected = expected;
  }
}

/** A rendering that exceeds one of its limits. */
export class LimitFailure extends TemplateFailure {}

/** Fails the rendering of a template. */
export function fail(message: string, hint?: string): never {
  throw new TemplateFailure(message, hint);
}

/** Fails a rendering because it exceeds a limit. */
export function failLimit(message: string, hint?: string): never {
  throw new LimitFailure(message, hint);
}
