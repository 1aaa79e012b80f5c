import { CicdStateError } from "../errors.ts";

const MAX_SHOWN = 200;

/** When a JSONPath failed: while it was parsed, or while it was evaluated. */
export type JsonPathPhase = "parse" | "evaluation";

/**
 * The error for a JSONPath that cannot be parsed or does not apply to a document.
 *
 * @example Tell a literal from a path
 * ```ts
 * import { JsonPathError, queryPath } from "@cicdstatemgr/cicdstatemgr";
 * import { ok, strictEqual, throws } from "node:assert/strict";
 *
 * throws(() => queryPath({}, "feature/x"), (error) => {
 *   ok(error instanceof JsonPathError);
 *   strictEqual(error.phase, "parse");
 *   strictEqual(error.position, 7);
 *   return true;
 * });
 * ```
 */
export class JsonPathError extends CicdStateError {
  /** When it failed. */
  readonly phase: JsonPathPhase;
  /** The offset in the expression at which parsing failed, from 0. */
  readonly position: number | undefined;

  /**
   * Creates an error.
   *
   * @param phase When it failed.
   * @param expression The whole JSONPath.
   * @param reason Why it failed.
   * @param position The offset in the expression at which parsing failed.
   */
  constructor(
    phase: JsonPathPhase,
    expression: string,
    reason: string,
    position?: number,
  ) {
    const verb = phase === "parse" ? "parse" : "evaluate";
    const shown = expression.length > MAX_SHOWN
      ? `${expression.slice(0, MAX_SHOWN)}…`
      : expression;
    const where = position === undefined ? "" : ` at column ${position + 1}`;
    const column = position === undefined ? undefined : position + 1;
    super("PATH", `Cannot ${verb} JSONPath "${shown}"${where}: ${reason}`, {
      place: { path: shown, line: column && 1, column },
    });
    this.name = "JsonPathError";
    this.phase = phase;
    this.position = position;
  }
}
