import type { Document } from "../../document/change.ts";
import { type PropertyPath, showPath } from "../../document/path.ts";
import type { Mirror } from "../../document/store.ts";
import { CicdStateError } from "../../errors.ts";
import { pythonStr } from "../../formats/python_text.ts";
import { quoteForShell } from "../../formats/shell.ts";
import { checkReplaceable, replaceFile } from "../../util/replace_file.ts";
import { isMapping, type Value } from "../../values.ts";

const OTHER_CHARACTERS_REGEXP = /[^0-9A-Za-z_]+/g;
/** Names made of such parts, joined by `__`, differ if their parts do. */
const CLEAR_PART_REGEXP = /^[0-9A-Za-z]+(?:_[0-9A-Za-z]+)*$/;

/** Options of {@linkcode shellFileMirror}. */
export interface ShellFileOptions {
  /** Where the file is. */
  readonly path: string;
  /** The file's mode. Default: see `replaceFile()`. */
  readonly mode?: number | undefined;
  /**
   * Keys to leave out, at any depth.
   *
   * @default {[]}
   */
  readonly excludeKeyNames?: readonly string[] | undefined;
  /**
   * Receives a warning about values that have one variable.
   *
   * @default {a function that drops it}
   */
  readonly warn?: ((message: string) => void) | undefined;
}

/**
 * Makes a mirror that shells source: one assignment per leaf. Requires
 * `--allow-write` for the file's folder, and `--allow-read` to remove it.
 *
 * @param options Where the file is, and what it leaves out.
 * @returns The mirror.
 */
export function shellFileMirror(
  { path, mode, excludeKeyNames = [], warn = () => {} }: ShellFileOptions,
): Mirror {
  const name = `shellfile ${path}`;
  const excluded = new Set(excludeKeyNames);
  return {
    name,
    check: () => checkReplaceable(path, name),
    checkDefined(document) {
      const { clash } = shellAssignments(document, excluded);
      if (clash === undefined) return;
      const [dropped, kept] = clashingPaths(document, excluded, clash);
      throw new CicdStateError(
        "CONFIG",
        `Cannot write ${name}: "${dropped}" and "${kept}" of the app config ` +
          `are one variable, ${clash}`,
        { hint: "Rename one of them, or add one to excludeKeyNames" },
      );
    },
    async write(_id, document) {
      const { text, clash } = shellAssignments(document, excluded);
      if (clash !== undefined) {
        const [dropped, kept] = clashingPaths(document, excluded, clash);
        warn(
          `In ${name}, ${clash} is "${kept}" and not "${dropped}", whose ` +
            "variable has the same name",
        );
      }
      await replaceFile(path, text, { what: name, mode, durable: false });
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

/** What {@linkcode shellAssignments} writes. */
interface ShellAssignments {
  /** One line per assignment; a value that contains newlines has more. */
  readonly text: string;
  /** The first variable that two leaves have, if there is one. */
  readonly clash: string | undefined;
}

/**
 * Writes a document as assignments that every POSIX shell understands:
 * `CICD_state__tags__0='a b'`. If several leaves have one variable, its value is
 * that of the last one under `state`, or else of the last one.
 *
 * @param document The document.
 * @param excluded Keys to leave out, at any depth.
 * @returns The assignments.
 */
export function shellAssignments(
  document: Document,
  excluded: ReadonlySet<string>,
): ShellAssignments {
  const { leaves, mayClash } = leavesOf(document, excluded);
  const { kept, clash } = mayClash
    ? withoutClashes(leaves)
    : { kept: leaves, clash: undefined };
  const lines = kept.map(({ variable, value }) =>
    `${variable}=${quoteForShell(value === null ? "" : pythonStr(value))}\n`
  );
  return { text: lines.join(""), clash };
}

/** A leaf of a document. */
interface Leaf {
  /** The name of its variable. */
  readonly variable: string;
  /** Its value. */
  readonly value: Value;
  /** Whether it is under `state`. */
  readonly isInState: boolean;
}

/** Lists the leaves in the order of the document. */
function leavesOf(
  document: Document,
  excluded: ReadonlySet<string>,
): { readonly leaves: readonly Leaf[]; readonly mayClash: boolean } {
  const leaves: Leaf[] = [];
  /** The parts of names by their keys: those of list items repeat. */
  const parts = new Map<string, string>();
  const usedParts = new Set<string>();
  let mayClash = false;
  function partOf(key: string): string {
    const known = parts.get(key);
    if (known !== undefined) return known;
    const part = variablePart(key);
    mayClash ||= usedParts.has(part) || !CLEAR_PART_REGEXP.test(part);
    usedParts.add(part);
    parts.set(key, part);
    return part;
  }
  function visit(value: Value, variable: string, isInState: boolean): void {
    if (Array.isArray(value)) {
      value.forEach((item, index) =>
        visit(item, `${variable}__${index}`, isInState)
      );
    } else if (isMapping(value)) {
      visitKeys(value, `${variable}__`, isInState);
    } else leaves.push({ variable, value, isInState });
  }
  function visitKeys(
    mapping: Document,
    prefix: string,
    isInState: boolean | undefined,
  ): void {
    for (const key of Object.keys(mapping)) {
      if (excluded.has(key)) continue;
      visit(mapping[key]!, prefix + partOf(key), isInState ?? key === "state");
    }
  }
  visitKeys(document, "CICD_", undefined);
  return { leaves, mayClash };
}

/** Keeps the leaf of each variable that counts, and names the first variable of several. */
function withoutClashes(
  leaves: readonly Leaf[],
): { readonly kept: readonly Leaf[]; readonly clash: string | undefined } {
  const byVariable = new Map<string, Leaf>();
  let clash: string | undefined;
  for (const leaf of leaves) {
    const { variable, isInState } = leaf;
    const known = byVariable.get(variable);
    if (known !== undefined) {
      clash ??= variable;
      if (known.isInState && !isInState) continue;
      // Delete it first, so that the later leaf keeps its own place.
      byVariable.delete(variable);
    }
    byVariable.set(variable, leaf);
  }
  return { kept: [...byVariable.values()], clash };
}

function variablePart(key: string): string {
  return key.replaceAll(OTHER_CHARACTERS_REGEXP, "_");
}

/** Returns the paths of two leaves that have one variable, the one that counts last. */
function clashingPaths(
  document: Document,
  excluded: ReadonlySet<string>,
  clash: string,
): [dropped: string, kept: string] {
  const paths: PropertyPath[] = [];
  function search(value: Value, name: string, path: PropertyPath): void {
    if (!clash.startsWith(name)) return;
    if (Array.isArray(value)) {
      value.forEach((item, index) =>
        search(item, `${name}__${index}`, [...path, index])
      );
    } else if (isMapping(value)) {
      for (const key of Object.keys(value)) {
        if (excluded.has(key)) continue;
        const separator = path.length === 0 ? "" : "__";
        search(value[key]!, name + separator + variablePart(key), [
          ...path,
          key,
        ]);
      }
    } else if (name === clash) paths.push(path);
  }
  search(document, "CICD_", []);
  const kept = paths.findLast(([first]) => first === "state") ?? paths.at(-1)!;
  const dropped = paths.find((path) => path !== kept)!;
  return [showPath(dropped), showPath(kept)];
}
