import type { Document } from "../../document/change.ts";
import type { Mirror } from "../../document/store.ts";
import { pythonStr } from "../../formats/python_text.ts";
import { quoteForShell } from "../../formats/shell.ts";
import { checkReplaceable, replaceFile } from "../../util/replace_file.ts";
import { isMapping, type Value } from "../../values.ts";

const OTHER_CHARACTERS_REGEXP = /[^0-9A-Za-z_]+/g;

/**
 * Makes a mirror that shells source: one assignment per leaf. Requires
 * `--allow-write` for the file's folder, and `--allow-read` to remove it.
 *
 * @param path Where the file is.
 * @param excludeKeyNames Keys to leave out, at any depth.
 * @returns The mirror.
 */
export function shellFileMirror(
  path: string,
  excludeKeyNames: readonly string[] = [],
): Mirror {
  const name = `shellfile ${path}`;
  const excluded = new Set(excludeKeyNames);
  return {
    name,
    check: () => checkReplaceable(path, name),
    async write(_id, document) {
      const text = shellAssignments(document, excluded);
      await replaceFile(path, text, { what: name, durable: false });
    },
    async remove(id) {
      const { removeCopy } = await import("./remove_copy.ts");
      await removeCopy(path, name, (text) => holdsId(text, id));
    },
  };
}

/** Reports whether assignments are those of a document. */
function holdsId(text: string, id: string): boolean {
  const line = `CICD_state__cicdContextDataId=${quoteForShell(id)}`;
  // Once escaped quotes are gone, a quote before a line break ends a value: a
  // line within a value does not count.
  const plain = (part: string) => part.replaceAll(`'\\''`, "\0");
  return plain(`'\n${text}`).includes(plain(`'\n${line}\n`));
}

/**
 * Writes a document as assignments that every POSIX shell understands:
 * `CICD_state__tags__0='a b'`. If two leaves have the same name, the later one
 * counts.
 *
 * @param document The document.
 * @param excluded Keys to leave out, at any depth.
 * @returns One line per assignment; a value that contains newlines has more.
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
      // Delete it first, so that the later leaf keeps its own place.
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
