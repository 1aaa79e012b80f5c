import { CicdStateError } from "../../errors.ts";
import { suggest } from "../../util/messages.ts";
import { getKey, isMapping, type Value } from "../../values.ts";

const PLAIN_PATH_REGEXP =
  /^[^.[\]'"`*|&,()$\s]+(?:\.[^.[\]'"`*|&,()$\s]+|\[\d+\])*$/;
const STEP_REGEXP = /[^.[\]]+/g;
/** How many keys a hint lists. */
const SHOWN_KEYS = 10;

/**
 * Returns the error for a path that finds nothing. Its hint says what is there.
 *
 * @param path The path.
 * @param id The document's id.
 * @param document The document.
 * @returns The error.
 */
export function nothingAt(
  path: string,
  id: string,
  document: Value | undefined,
): CicdStateError {
  return new CicdStateError(
    "NOT_FOUND",
    `Nothing at "${path}" in document "${id}"`,
    { hint: nearest(path, document ?? null), place: { path } },
  );
}

/** Describes the last value that exists along a path. */
function nearest(path: string, document: Value): string | undefined {
  if (!PLAIN_PATH_REGEXP.test(path)) return undefined;
  let here = document;
  let name = "";
  for (const step of path.match(STEP_REGEXP)!) {
    const next = Array.isArray(here)
      ? here[Number(step)]
      : isMapping(here)
      ? getKey(here, step)
      : undefined;
    if (next === undefined) return describe(name, here, step);
    name += Array.isArray(here) ? `[${step}]` : `${name && "."}${step}`;
    here = next;
  }
  return undefined;
}

function describe(name: string, value: Value, step: string): string {
  const place = name === "" ? "The document" : `"${name}"`;
  if (Array.isArray(value)) {
    return `${place} is a list of ${value.length} item${
      value.length === 1 ? "" : "s"
    }`;
  }
  if (!isMapping(value)) return `${place} is not a mapping`;
  const keys = Object.keys(value);
  if (keys.length === 0) return `${place} is empty`;
  const near = suggest(step, keys);
  if (near !== undefined) {
    return `Did you mean "${name === "" ? "" : `${name}.`}${near}"?`;
  }
  const more = keys.length > SHOWN_KEYS ? ", …" : "";
  return `${place} has ${keys.slice(0, SHOWN_KEYS).join(", ")}${more}`;
}
