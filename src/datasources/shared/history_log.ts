import type { Operation } from "../../document/change.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import type {
  ChangeNote,
  HistoryEntry,
  HistoryOperation,
} from "../../document/store.ts";
import type { HistoryOptions } from "./extras.ts";

const MAX_VALUE_LENGTH = 200;
const MAX_OPERATIONS = 50;
/** After so many differences comes a whole text again. */
const MAX_CHAIN = 50;

/** How many entries a log holds beside those shown: what the oldest builds on. */
export const SPARE_ENTRIES: number = MAX_CHAIN;

/** The differences since the last whole text. */
export interface Chain {
  /** How many there are. */
  readonly count: number;
  /** How long they are together. */
  readonly length: number;
}

/** What a log keeps of a change, as JSON. */
interface Kept {
  by: string;
  at: number;
  external?: true;
  action?: string;
  operations?: HistoryOperation[];
  more?: number;
  /** The document's whole text. */
  text?: string;
  /** Or: how long a beginning and an end stayed as they were, and what is between. */
  diff?: [start: number, end: number, between: string];
  /** How long the text is: a check. */
  length: number;
}

/** What {@linkcode makeEntry} needs. */
export interface NewEntry {
  /** Who did what; `undefined`: a program that knows nothing of history. */
  readonly note: ChangeNote | undefined;
  /** The new text. */
  readonly text: string;
  /** The text before, if the entry before this one ends with it. */
  readonly previous: string | undefined;
  /** The differences since the last whole text; `undefined`: there is none. */
  readonly chain: Chain | undefined;
  /** Whether a program wrote it that knows nothing of history. */
  readonly external?: boolean;
}

/** One entry as a store gives it back. */
export interface StoredEntry {
  /** The number of the revision. */
  readonly revision: number;
  /** What {@linkcode makeEntry} made. */
  readonly kept: string;
}

/**
 * Makes a history's entry. It holds the difference to the text before, and from
 * time to time the whole text, so that each text can be put together again.
 *
 * @param change What changed.
 * @param mask Removes secrets from a text.
 * @returns The entry, and the differences since the last whole text.
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
    const diff = difference(previous, text);
    const next = {
      count: chain.count + 1,
      length: chain.length + diff[2].length,
    };
    if (next.count < MAX_CHAIN && next.length < text.length) {
      return { kept: JSON.stringify({ ...kept, diff }), chain: next };
    }
  }
  return {
    kept: JSON.stringify({ ...kept, text }),
    chain: { count: 0, length: 0 },
  };
}

/**
 * Reads an entry.
 *
 * @param entry The entry.
 * @returns What a history shows of it.
 */
export function readEntry({ revision, kept }: StoredEntry): HistoryEntry {
  const { by, at, external = false, action, operations, more } = JSON.parse(
    kept,
  ) as Kept;
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
 * Puts a text together again.
 *
 * @param entries The entries that are left, the oldest first.
 * @param revision The number of the text's revision.
 * @returns The text, or `undefined` if the entries do not reach it.
 */
export function textAt(
  entries: readonly StoredEntry[],
  revision: number,
): string | undefined {
  const last = entries.findLastIndex((entry) => entry.revision === revision);
  const texts: Kept[] = [];
  for (let index = last; index >= 0; index--) {
    const kept = JSON.parse(entries[index]!.kept) as Kept;
    texts.push(kept);
    if (kept.text !== undefined) break;
  }
  let text = texts.pop()?.text;
  for (let kept = texts.pop(); kept !== undefined; kept = texts.pop()) {
    if (text === undefined || kept.diff === undefined) return undefined;
    const [start, end, between] = kept.diff;
    text = text.slice(0, start) + between + text.slice(text.length - end);
    if (text.length !== kept.length) return undefined;
  }
  return text;
}

function difference(
  before: string,
  after: string,
): [start: number, end: number, between: string] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) {
    start++;
  }
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) ===
      after.charCodeAt(after.length - 1 - end)
  ) end++;
  return [start, end, after.slice(start, after.length - end)];
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
        typeof step === "string" ? mask(step) : step
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
