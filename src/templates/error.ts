import { CicdStateError } from "../errors.ts";
import { quoteLine, TemplateError as JinjaError } from "../jinja/error.ts";

/** Describes where a template failed, and how to fix it. */
export interface TemplateErrorDetails {
  /** The line, counted from 1. */
  line: number;
  /** The column, counted from 1. */
  column: number;
  /** The source of that line. */
  sourceLine: string;
  /** How to fix it. */
  hint?: string | undefined;
  /** The error underneath. */
  cause?: unknown;
}

/**
 * A template that cannot be parsed or rendered. Its code is `TEMPLATE`.
 *
 * It is what {@linkcode renderTemplate} and the manager throw. The engine's own
 * class of the same name is unrelated: see
 * {@link https://jsr.io/@cicdstatemgr/cicdstatemgr/doc/jinja/~/TemplateError}.
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
  /** The source of that line. */
  readonly sourceLine: string;

  /**
   * Creates an error.
   *
   * @param message What failed and where, on one line.
   * @param details Where it is, and how to fix it.
   */
  constructor(message: string, details: TemplateErrorDetails) {
    const { line, column, sourceLine, hint, cause } = details;
    super("TEMPLATE", message, { hint, cause, place: { line, column } });
    this.name = "TemplateError";
    this.line = line;
    this.column = column;
    this.sourceLine = sourceLine;
  }
}

/** Converts an error of the template engine and returns any other as it is. */
export function toTemplateError(error: unknown): unknown {
  if (!(error instanceof JinjaError)) return error;
  const { reason, line, column, sourceLine, templateName, hint } = error;
  const where = templateName === undefined ? "" : " of the macros";
  return new TemplateError(
    `Cannot render the template: ${reason} ` +
      `(line ${line}, column ${column}${where}${quoteLine(sourceLine)})`,
    { line, column, sourceLine, hint, cause: error.cause },
  );
}
