import { getSubscript } from "../operators/access.ts";
import type { Budget } from "../runtime/budget.ts";
import { type Runtime, Undefined } from "../runtime/runtime.ts";
import { lower } from "../strings/case.ts";
import { asInteger, asText } from "../values/scalars.ts";

/** Options of {@linkcode attributePath}. */
interface PathOptions {
  /** Replaces undefined values, unless it is none. */
  readonly fallback?: unknown;
  /**
   * Whether strings are converted to lower case, so that comparisons ignore case.
   *
   * @default {false}
   */
  readonly ignoresCase?: boolean;
}

/**
 * Compiles the attribute that filters such as `map` take: names separated by dots,
 * where digits are indexes. None stands for the item itself.
 */
export function attributePath(
  runtime: Runtime,
  attribute: unknown,
  options: PathOptions = {},
): (item: unknown) => unknown {
  const { fallback = null, ignoresCase = false } = options;
  const parts = pathParts(attribute);
  return function follow(item: unknown): unknown {
    let value = item;
    for (const part of parts) {
      runtime.budget.step();
      value = getSubscript(runtime, value, part);
      if (fallback !== null && value instanceof Undefined) value = fallback;
    }
    return ignoresCase ? withoutCase(runtime.budget, value) : value;
  };
}

/** Compiles an attribute that may be several, separated by commas. */
export function attributePaths(
  runtime: Runtime,
  attribute: unknown,
  options: PathOptions = {},
): (item: unknown) => unknown[] {
  const text = asText(attribute);
  const paths = (text === undefined ? [attribute] : text.split(","))
    .map((path) => attributePath(runtime, path, options));
  return (item) => paths.map((follow) => follow(item));
}

/** Converts a string to lower case and returns other values as they are. */
export function withoutCase(budget: Budget, value: unknown): unknown {
  const text = asText(value);
  return text === undefined ? value : lower(budget, text);
}

function pathParts(attribute: unknown): unknown[] {
  if (attribute === null || attribute === undefined) return [];
  const text = asText(attribute);
  if (text === undefined) return [asInteger(attribute) ?? attribute];
  return text.split(".").map((part) =>
    /^\d+$/.test(part) ? Number(part) : part
  );
}
