import { CicdStateError } from "../errors.ts";

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

/** Where and how a template failed. */
export interface TemplateErrorDetails {
  /** The line, counted from 1. */
  line: number;
  /** The column, counted from 1. */
  column: number;
  /** The text of that line. */
  sourceLine: string;
  /** How to mend it. */
  hint?: string | undefined;
  /** The failure underneath. */
  cause?: unknown;
}

/**
 * A template that cannot be read or rendered. Its code is `TEMPLATE`.
 *
 * @example Show where it is
 * ```ts
 * import { renderTemplate, TemplateError } from "@cicdstatemgr/cicdstatemgr";
 * import { ok, strictEqual } from "node:assert/strict";
 *
 * try {
 *   renderTemplate("tag: {{ state.build.tag }}", { state: {} });
 * } catch (error) {
 *   ok(error instanceof TemplateError);
 *   strictEqual(error.code, "TEMPLATE");
 *   strictEqual(error.line, 1);
 *   strictEqual(error.sourceLine, "tag: {{ state.build.tag }}");
 * }
 * ```
 */
export class TemplateError extends CicdStateError {
  /** The line, counted from 1. */
  readonly line: number;
  /** The column, counted from 1. */
  readonly column: number;
  /** The text of that line. */
  readonly sourceLine: string;

  /**
   * Makes an error.
   *
   * @param message What failed and where, on one line.
   * @param details Where it is, and how to mend it.
   */
  constructor(message: string, details: TemplateErrorDetails) {
    const { line, column, sourceLine, hint, cause } = details;
    super("TEMPLATE", message, { hint, cause });
    this.name = "TemplateError";
    this.line = line;
    this.column = column;
    this.sourceLine = sourceLine;
  }
}
