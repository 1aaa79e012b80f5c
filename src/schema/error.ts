import { CicdStateError } from "../errors.ts";
import type { Value } from "../values.ts";
import { type Path, type Problem, readValue, type Schema } from "./schema.ts";

/** Options of {@linkcode readOrThrow}. */
export interface ReadOptions {
  /** What is read, for messages: `the document`, `config file "config.yaml"`. */
  readonly where: string;
  /** Where the value stands in it. Default: at the top. */
  readonly path?: Path;
}

/**
 * Reads a value that must be right.
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
  throw problemError(outcome.problems, where);
}

/**
 * Returns the error of a value with problems: the first one, and how many more
 * there are.
 *
 * @param problems At least one problem.
 * @param where The file with its line and column, or what else is read.
 * @param showsFound Whether the message may show the value that was found.
 * @returns The error.
 */
export function problemError(
  problems: readonly Problem[],
  where: string,
  showsFound = true,
): CicdStateError {
  const { path, message, found, hint } = problems[0]!;
  const wrong = found !== undefined && showsFound ? `is ${found}` : message;
  const more = problems.length - 1;
  const others = more === 0
    ? ""
    : ` (and ${more} more problem${more === 1 ? "" : "s"})`;
  const at = path.length === 0 ? "it" : `"${pathText(path)}"`;
  return new CicdStateError(
    "CONFIG",
    `Cannot use ${where}: ${at} ${wrong}${others}`,
    { hint },
  );
}

/**
 * Writes a path as messages show it.
 *
 * @param path The path.
 * @returns For example `slack.hooks[0].url`.
 */
export function pathText(path: Path): string {
  return path.map((part, index) =>
    typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`
  ).join("");
}
