import { CicdStateError, type ErrorPlace } from "../errors.ts";
import type { Value } from "../values.ts";
import {
  type Path,
  pathText,
  type Problem,
  readValue,
  type Schema,
} from "./schema.ts";

/** Options of {@linkcode readOrThrow}. */
export interface ReadOptions {
  /** What is read, for messages: `the document`, `config file "config.yaml"`. */
  readonly where: string;
  /** The path of the value in it. Default: the top. */
  readonly path?: Path;
}

/**
 * Reads a value, or throws the first problem.
 *
 * @typeParam T What the schema reads it as.
 * @param schema The schema.
 * @param value The value.
 * @param options What is read.
 * @returns The value as the program works with it.
 * @throws {CicdStateError} `CONFIG`, with the key, what was found and what is allowed.
 */
export function readOrThrow<T>(
  schema: Schema<T>,
  value: Value,
  { where, path = [] }: ReadOptions,
): T {
  const outcome = readValue(schema, value, path);
  if (outcome.ok) return outcome.value;
  const { problems } = outcome;
  throw problemError(problems[0]!, { where, others: problems.length - 1 });
}

/** Options of {@linkcode problemError}. */
export interface ProblemErrorOptions {
  /** What was read: a file with its line and column, or `the document`. */
  readonly where: string;
  /** The same for programs: the file, the line and the column. */
  readonly place?: ErrorPlace | undefined;
  /**
   * Whether the message may show the value that was found.
   *
   * @default {true}
   */
  readonly showsFound?: boolean;
  /**
   * How many more problems there are.
   *
   * @default {0}
   */
  readonly others?: number;
}

/**
 * Returns the error of a problem.
 *
 * @param problem The problem.
 * @param options Where it is.
 * @returns The error, of code `CONFIG`.
 */
export function problemError(
  { path, message, found, hint }: Problem,
  { where, place, showsFound = true, others = 0 }: ProblemErrorOptions,
): CicdStateError {
  const wrong = found !== undefined && showsFound ? `is ${found}` : message;
  const more = others === 0
    ? ""
    : ` (and ${others} more problem${others === 1 ? "" : "s"})`;
  const at = path.length === 0 ? "it" : `"${pathText(path)}"`;
  return new CicdStateError(
    "CONFIG",
    `Cannot use ${where}: ${at} ${wrong}${more}`,
    { hint, place: { ...place, path: pathText(path) || undefined } },
  );
}
