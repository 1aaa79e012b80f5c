import { CicdStateError } from "../errors.ts";

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
