/**
 * What kind of failure a {@linkcode CicdStateError} is.
 *
 * | code | meaning | exit status of the CLI |
 * |---|---|---|
 * | `USAGE` | wrong flags or arguments | 2 |
 * | `CONFIG` | a config, secrets or app config file is missing or invalid | 1 |
 * | `INPUT` | other input cannot be read or parsed | 1 |
 * | `PATH` | a path or JSONPath is invalid or does not fit the document | 1 |
 * | `STORE` | a datasource cannot be reached, read or written | 1 |
 * | `PERMISSION` | Deno or the operating system denies access | 1 |
 * | `NOT_FOUND` | a document, context, pipeline or revision does not exist | 3 |
 * | `CONFLICT` | a condition was not met, or the write kept losing to other writers | 4 |
 * | `TIMEOUT` | a server did not answer in time | 5 |
 * | `DELIVERY` | an HTTP request of an event was not delivered | 6 |
 * | `TEMPLATE` | a template cannot be parsed or rendered | 7 |
 * | `INTERRUPTED` | a signal ended an event | 128 and the signal's number |
 * | `INVALID` | a value is not the JSON or YAML that it should be | 8 |
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
  | "TEMPLATE"
  | "INTERRUPTED"
  | "INVALID";

/** Where a failure is, as far as it is known. */
export interface ErrorPlace {
  /** The file, as it was named. */
  readonly file?: string | undefined;
  /** The path in the document or the file, or the JSONPath. */
  readonly path?: string | undefined;
  /** The line, counted from 1. */
  readonly line?: number | undefined;
  /** The column, counted from 1. */
  readonly column?: number | undefined;
}

/** Options of {@linkcode CicdStateError}. */
export interface CicdStateErrorOptions {
  /** How to fix it: one imperative sentence without a full stop. */
  hint?: string | undefined;
  /** The error that caused this one. */
  cause?: unknown;
  /** Where it is, for programs; the message says it too. */
  place?: ErrorPlace | undefined;
}

/**
 * The error that this module throws for every expected failure. `message` says
 * on one line what failed and where, and `hint` how to fix it.
 *
 * @example Check the kind of a failure
 * ```ts
 * import { CicdStateError } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * const error = new CicdStateError("NOT_FOUND", 'No document "a1"', {
 *   hint: "Run cicdstatemgr init a1 first",
 * });
 * strictEqual(error.code, "NOT_FOUND");
 * strictEqual(error.hint, "Run cicdstatemgr init a1 first");
 * ```
 */
export class CicdStateError extends Error {
  /** What kind of failure it is. */
  readonly code: ErrorCode;
  /** How to fix it, if known. */
  readonly hint: string | undefined;
  /** Where it is, if known. */
  readonly place: ErrorPlace | undefined;

  /**
   * Creates an error.
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
    const { hint, cause, place } = options;
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CicdStateError";
    this.code = code;
    this.hint = hint;
    this.place = place;
  }
}
