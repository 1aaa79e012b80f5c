import { asInteger } from "../values/numbers.ts";
import { asText } from "../values/markup.ts";
import { Undefined } from "../runtime/undefined.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { lower } from "../strings/case.ts";
import { getSubscript } from "./attributes.ts";
/** What is done with what an attribute's path leads to. */
interface PathOptions {
  /** Stands in for what is undefined. */
  readonly fallback?: unknown;
  /** Whether texts are made lower case, so that they compare so. */
  readonly ignoresCase?: boolean;
}

/**
 * Makes a function that follows the attribute that filters such as `map` take:
 * names apart by points, whole numbers as indexes; none: the item itself.
 */
export function attributePath(
  runtime: Runtime,
  attribute: unknown,
  options: PathOptions = {},
): (item: unknown) => unknown {
  const { fallback, ignoresCase = false } = options;
  const parts = pathParts(attribute);
  return function follow(item: unknown): unknown {
    let value = item;
    for (const part of parts) {
      value = getSubscript(runtime, value, part);
      if (
        fallback !== undefined && fallback !== null &&
        value instanceof Undefined
      ) {
        value = fallback;
      }
    }
    return ignoresCase ? withoutCase(value) : value;
  };
}

/** Makes a text lower case and leaves everything else. */
export function withoutCase(value: unknown): unknown {
  const text = asText(value);
  return text === undefined ? value : lower(text);
}

/** Reads an attribute that is several, apart by commas. */
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

function pathParts(attribute: unknown): unknown[] {
  if (attribute === null || attribute === undefined) return [];
  const text = asText(attribute);
  if (text === undefined) return [asInteger(attribute) ?? attribute];
  return text.split(".").map((part) =>
    /^\d+$/.test(part) ? Number(part) : part
  );
}
