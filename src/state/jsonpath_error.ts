import { CicdStateError } from "../errors.ts";

/** When a JSONPath failed: while it was read, or while it was looked up. */
export type JsonPathPhase = "parse" | "evaluation";

/**
 * A JSONPath that cannot be parsed, or not be applied to the document.
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
  /** Where in the expression it could not be parsed, counted from 0. */
  readonly position: number | undefined;

  /**
   * Makes an error.
   *
   * @param phase When it failed.
   * @param expression The whole JSONPath.
   * @param reason What failed.
   * @param position Where in the expression it could not be parsed.
   */
  constructor(
    phase: JsonPathPhase,
    expression: string,
    reason: string,
    position?: number,
  ) {
    const verb = phase === "parse" ? "parse" : "evaluate";
    const where = position === undefined ? "" : ` at column ${position + 1}`;
    super("PATH", `Cannot ${verb} JSONPath "${expression}"${where}: ${reason}`);
    this.name = "JsonPathError";
    this.phase = phase;
    this.position = position;
  }
}
