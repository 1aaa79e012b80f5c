import { joinPath, parseItemPath, valueAt } from "../../document/path.ts";
import { nameVariables, type Variable } from "../../formats/export/names.ts";
import type { CicdStateMgr } from "../../manager/manager.ts";
import { type DOCUMENT, FRESH } from "./command.ts";
import { readDocument } from "./read_document.ts";
import type { Argument, FlagTable, FlagValues } from "./types.ts";

/** The argument that says which values become variables. */
export const VARIABLES_PATH = {
  type: "string",
  value: "PATH",
  optional: true,
  help: "Where the values are: state.git. Default: the document.",
} as const satisfies Argument;

/** How variables are named, and where their values are read from. */
export const VARIABLES = {
  prefix: {
    type: "string",
    value: "TEXT",
    parse: parsePrefix,
    expects: "letters, digits and _, not beginning with a digit",
    help: "Begin each name with it.",
  },
  upper: { type: "switch", help: "Write keys in upper case." },
  ...FRESH,
} as const satisfies FlagTable;

/**
 * Reads the values at a path and names a variable for each.
 *
 * @param manager The manager.
 * @param path The path; `undefined`: the whole document.
 * @param options The flags, and whether names that differ only in case are the same name.
 * @returns The variables.
 * @throws {CicdStateError} `PATH`, `NOT_FOUND`, `STORE`, `TIMEOUT` or `PERMISSION`; `INPUT`, if a value has no name of its own.
 */
export async function readVariables(
  manager: CicdStateMgr,
  path: string | undefined,
  options: FlagValues<typeof DOCUMENT & typeof VARIABLES> & {
    readonly ignoreCase?: boolean;
  },
): Promise<Variable[]> {
  const steps = path === undefined ? [] : parseItemPath(path);
  const document = await readDocument(manager, options);
  const value = valueAt(document, steps);
  if (value !== undefined) {
    return nameVariables(value, { ...options, path: joinPath(steps) });
  }
  const { nothingAt } = await import("./nothing_at.ts");
  throw nothingAt(path ?? "", options.id, document);
}

function parsePrefix(text: string): string | undefined {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? text : undefined;
}
