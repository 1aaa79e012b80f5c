import type { Operation } from "../../document/change.ts";
import type {
  ChangeNote,
  HistoryEntry,
  HistoryOperation,
} from "../../document/store.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import { type HistoryOptions, MAX_CHAIN } from "./extras.ts";
import { applyPatch, makePatch, type Patch } from "./text_patch.ts";

const MAX_VALUE_LENGTH = 200;
const MAX_OPERATIONS = 50;

/** How many patches follow the last whole text, and how long they are. */
export interface Chain {
  readonly count: number;
  readonly length: number;
}

/** An entry, as it is kept. */
interface Kept {
  by: string;
  at: number;
  external?: true;
  action?: string;
  operations?: HistoryOperation[];
  more?: number;
  /** The whole text of the document. */
  text?: string;
  /** Or the parts of which it is made. */
  patch?: Patch;
  /** Or, in entries of earlier versions: what stands between an equal start and end. */
  diff?: [start: number, end: number, between: string];
  /** The length of the text, as a check. */
  length: number;
}

/** What {@linkcode makeEntry} makes an entry of. */
export interface NewEntry {
  /** Who did what; `undefined`: a program that keeps no history. */
  readonly note: ChangeNote | undefined;
  /** The new text. */
  readonly text: string;
  /** The text before, if the last entry ends with it. */
  readonly previous: string | undefined;
  /** The state of the chain; `undefined`: there is no whole text yet. */
  readonly chain: Chain | undefined;
  /** Whether a program wrote it that keeps no history. */
  readonly external?: boolean;
}

/** What {@linkcode makeEntry} returned, with the number of the revision. */
export interface StoredEntry {
  readonly revision: number;
  readonly kept: string;
}

/**
 * Makes an entry of a history. It holds the difference to the text before, and
 * now and then the whole text, so that every text can be restored.
 *
 * @param change What changed.
 * @param mask Removes secrets from a string.
 * @returns The entry, and the state of the chain after it.
 */
export function makeEntry(
  { note, text, previous, chain, external = false }: NewEntry,
  mask: HistoryOptions["mask"],
): { kept: string; chain: Chain } {
  const kept: Kept = {
    by: note?.actor ?? "",
    at: note?.at ?? Date.now(),
    length: text.length,
    ...external && { external },
    ...note?.action !== undefined && { action: note.action },
    ...note?.operations !== undefined &&
      keptOperations(note.operations, mask ?? ((text) => text)),
  };
  if (previous !== undefined && chain !== undefined) {
    const patch = JSON.stringify(makePatch(previous, text));
    const length = chain.length + patch.length;
    const count = chain.count + 1;
    if (count < MAX_CHAIN && length < text.length) {
      return {
        kept: `${JSON.stringify(kept).slice(0, -1)},"patch":${patch}}`,
        chain: { count, length },
      };
    }
  }
  return {
    kept: JSON.stringify({ ...kept, text }),
    chain: { count: 0, length: 0 },
  };
}

/**
 * Reads what a history shows of an entry.
 *
 * @param entry The entry.
 * @returns What it shows.
 */
export function readEntry({ revision, kept }: StoredEntry): HistoryEntry {
  const { by, at, external = false, action, operations, more } = parse(kept);
  return {
    revision,
    actor: by,
    at,
    external,
    action,
    operations,
    moreOperations: more,
  };
}

/**
 * Restores a text.
 *
 * @param entries The entries that are left, the oldest first.
 * @param revision The number of the text's revision.
 * @returns The text, or `undefined` if the entries do not go back that far.
 */
export function textAt(
  entries: readonly StoredEntry[],
  revision: number,
): string | undefined {
  const last = entries.findLastIndex((entry) => entry.revision === revision);
  const patches: Kept[] = [];
  for (let index = last; index >= 0; index--) {
    const entry = entries[index]!;
    // A difference builds on the revision right before it.
    if (entry.revision !== revision - patches.length) return undefined;
    const kept = parse(entry.kept);
    patches.push(kept);
    if (kept.text !== undefined) break;
  }
  let text = patches.pop()?.text;
  for (let kept = patches.pop(); kept !== undefined; kept = patches.pop()) {
    if (text === undefined) return undefined;
    text = restore(text, kept);
    if (text?.length !== kept.length) return undefined;
  }
  return text;
}

function parse(kept: string): Kept {
  // Stores return what makeEntry() made.
  return JSON.parse(kept) as Kept;
}

function restore(before: string, { patch, diff }: Kept): string | undefined {
  if (patch !== undefined) return applyPatch(before, patch);
  if (diff === undefined) return undefined;
  const [start, end, between] = diff;
  return before.slice(0, start) + between + before.slice(before.length - end);
}

function keptOperations(
  operations: readonly Operation[],
  mask: (text: string) => string,
): Pick<Kept, "operations" | "more"> {
  const more = operations.length - MAX_OPERATIONS;
  return {
    operations: operations.slice(0, MAX_OPERATIONS).map((operation) => ({
      op: operation.op,
      path: operation.path.map((step) =>
        typeof step === "number" ? step : mask(step)
      ),
      ...shownValue(operation, mask),
    })),
    ...more > 0 && { more },
  };
}
function shownValue(
  operation: Operation,
  mask: (text: string) => string,
): { value?: string } {
  switch (operation.op) {
    case "set":
      return { value: shorten(mask(stringifyJson(operation.value))) };
    case "append":
    case "addUnique":
      return { value: shorten(mask(stringifyJson([...operation.items]))) };
    case "increment":
      return { value: String(operation.by) };
    case "clear":
    case "delete":
      return {};
  }
}

function shorten(text: string): string {
  if (text.length <= MAX_VALUE_LENGTH) return text;
  return `${text.slice(0, MAX_VALUE_LENGTH)}…`;
}
