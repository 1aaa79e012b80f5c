import { pythonStr } from "../../formats/python_text.ts";
import type { Document } from "../../document/change.ts";
import { checkReplaceable, replaceFile } from "../../util/files.ts";
import { isMapping, type Value } from "../../values.ts";
import type { Mirror } from "../../document/store.ts";
import type { ShellFileOptions } from "../types.ts";

const OTHER_CHARACTERS_REGEXP = /[^0-9A-Za-z_]+/g;

/**
 * Makes a mirror that shells source: an assignment for each leaf. Requires
 * `--allow-write` for the file's folder.
 *
 * @param options Where the file is, and what it leaves out.
 * @returns The mirror.
 */
export function shellFileMirror(
  { path, excludeKeyNames = [] }: ShellFileOptions,
): Mirror {
  const name = `shellfile ${path}`;
  const excluded = new Set(excludeKeyNames);
  return {
    name,
    check: () => checkReplaceable(path, name),
    write: (_id, document) =>
      replaceFile(path, shellAssignments(document, excluded), {
        what: name,
        durable: false,
      }),
  };
}

/**
 * Writes a document as assignments that every POSIX shell reads:
 * `CICD_state__tags__0='a b'`. Where two leaves share a name, the later counts.
 *
 * @param document The document.
 * @param excluded Keys that are left out, at any depth.
 * @returns One line an assignment, but for values that have lines themselves.
 */
export function shellAssignments(
  document: Document,
  excluded: ReadonlySet<string>,
): string {
  const assignments = new Map<string, string>();
  function collect(value: Value, name: string): void {
    if (Array.isArray(value)) {
      value.forEach((item, index) => collect(item, `${name}__${index}`));
    } else if (isMapping(value)) {
      collectKeys(value, `${name}__`);
    } else {
      // Deleted first, so that the later of two keeps its own place.
      assignments.delete(name);
      assignments.set(name, value === null ? "" : pythonStr(value));
    }
  }
  function collectKeys(mapping: Document, prefix: string): void {
    for (const key of Object.keys(mapping)) {
      if (excluded.has(key)) continue;
      collect(
        mapping[key]!,
        prefix + key.replaceAll(OTHER_CHARACTERS_REGEXP, "_"),
      );
    }
  }
  collectKeys(document, "CICD_");
  return [...assignments].map(([name, text]) =>
    `${name}=${quoteForShell(text)}\n`
  )
    .join("");
}

/**
 * Puts a text between single quotes, where shells give no character a meaning
 * but the quote itself. No shell's variable can hold NUL: it is left out.
 */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", `'\\''`)}'`;
}
