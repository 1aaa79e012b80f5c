/** A text that templates are read from. */
export interface Origin {
  /** What messages call it. */
  readonly name: "template" | "macros";
  /** The text, with its line ends made `\n`. */
  readonly text: string;
}

/** What goes wrong inside a template, before it is known where. */
export class TemplateFailure extends Error {
  /** How to mend it. */
  readonly hint: string | undefined;
  /** The line, counted from 0. */
  line: number | undefined;
  /** The column, counted from 0. */
  column: number | undefined;
  /** The text that line and column count in. */
  origin: Origin | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = "TemplateFailure";
    this.hint = hint;
  }

  /** Notes where it happened, unless something further inside did. */
  locate(origin: Origin, line: number, column: number): this {
    if (this.origin !== undefined) return this;
    this.origin = origin;
    this.line = line;
    this.column = column;
    return this;
  }
}

/** Gives up on a template. */
export function fail(message: string, hint?: string): never {
  throw new TemplateFailure(message, hint);
}
