/**
 * What kind of failure a {@linkcode CicdStateError} is.
 *
 * | code | meaning | exit status of the CLI |
 * |---|---|---|
 * | `USAGE` | wrong flags or arguments | 2 |
 * | `CONFIG` | a config, secrets or app file is missing or invalid | 1 |
 * | `INPUT` | another input file or text cannot be read or parsed | 1 |
 * | `PATH` | a property path or JSONPath does not fit the document | 1 |
 * | `STORE` | a datasource cannot be reached, read or written | 1 |
 * | `PERMISSION` | Deno or the system refuses access | 1 |
 * | `NOT_FOUND` | no such document, context, pipeline or revision | 3 |
 * | `CONFLICT` | a condition did not hold, or other writers kept winning | 4 |
 * | `TIMEOUT` | something did not answer in time | 5 |
 * | `DELIVERY` | an HTTP request of an event was not delivered | 6 |
 * | `TEMPLATE` | a template cannot be parsed or rendered | 7 |
 */
export type ErrorCode =
  | "USAGE"
  | "CONFIG"
  | "INPUT"
  | "PATH"
  | "STORE"
  | "PERMISSION"
  | "NOT_FOUND"
  | "CONFLICT"
  | "TIMEOUT"
  | "DELIVERY"
  | "TEMPLATE";

/** Options of {@linkcode CicdStateError}. */
export interface CicdStateErrorOptions {
  /** How to mend it: one imperative sentence without a final full stop. */
  hint?: string | undefined;
  /** The failure underneath. */
  cause?: unknown;
}

/**
 * Every failure that this module throws on purpose. `message` says what failed
 * and where, on one line; `hint`, how to mend it.
 *
 * @example Tell a missing document from other failures
 * ```ts
 * import { CicdStateError } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * const error = new CicdStateError("NOT_FOUND", 'No document "a1"', {
 *   hint: "Run --init-new a1 first",
 * });
 * strictEqual(error.code, "NOT_FOUND");
 * strictEqual(error.hint, "Run --init-new a1 first");
 * ```
 */
export class CicdStateError extends Error {
  /** What kind of failure it is. */
  readonly code: ErrorCode;
  /** How to mend it, if that is known. */
  readonly hint: string | undefined;

  /**
   * Makes an error.
   *
   * @param code What kind of failure it is.
   * @param message What failed and where, on one line.
   * @param options The hint and the cause.
   */
  constructor(
    code: ErrorCode,
    message: string,
    options: CicdStateErrorOptions = {},
  ) {
    const { hint, cause } = options;
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CicdStateError";
    this.code = code;
    this.hint = hint;
  }
}
