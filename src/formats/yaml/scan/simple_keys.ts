import type { Cursor } from "./cursor.ts";
import type { QueuedToken } from "./tokens.ts";

/** A key without `?` must end within so many characters for PyYAML. */
const MAX_KEY_LENGTH = 1024;

/** A token that becomes a key if a `:` follows it. */
export interface SimpleKey {
  readonly queued: QueuedToken;
  readonly offset: number;
  readonly lineStart: number;
  readonly column: number;
  /** How many brackets and braces are open. */
  readonly level: number;
  /** Whether the block that it is in needs a key here. */
  readonly isRequired: boolean;
}

/** The tokens that may still become keys: at most one for each open bracket. */
export class SimpleKeys {
  readonly #cursor: Cursor;
  readonly #isStrict: boolean;
  /** Outermost first, from `#first` on. */
  #keys: SimpleKey[] = [];
  #first = 0;

  constructor(cursor: Cursor, isStrict: boolean) {
    this.#cursor = cursor;
    this.#isStrict = isStrict;
  }

  add(key: SimpleKey): void {
    this.#keys.push(key);
  }

  /** Reports whether a token may become a key and is the first that may. */
  startsWith(queued: QueuedToken): boolean {
    return this.#keys[this.#first]?.queued === queued;
  }

  /** Returns the possible key of a level. */
  at(level: number): SimpleKey | undefined {
    if (this.#first === this.#keys.length) return undefined;
    const last = this.#keys.at(-1)!;
    return last.level === level ? last : undefined;
  }

  /** Removes the possible key of a level, which has become a key. */
  take(level: number): SimpleKey | undefined {
    return this.at(level) && this.#keys.pop();
  }

  /**
   * Gives up the possible key of a level.
   *
   * @throws {YamlFault} If it had to become one.
   */
  drop(level: number): void {
    const key = this.take(level);
    if (key !== undefined) this.#checkNotRequired(key);
  }

  /**
   * Gives up the keys that the cursor has left too far behind.
   *
   * @throws {YamlFault} If one of them had to become a key.
   */
  dropStale(): void {
    while (this.#first < this.#keys.length) {
      const key = this.#keys[this.#first]!;
      // The outer keys come first, so that they are stale first.
      if (!this.#isStale(key)) return;
      this.#checkNotRequired(key);
      this.#first += 1;
    }
    this.clear();
  }

  /** Gives up all possible keys. */
  clear(): void {
    this.#keys = [];
    this.#first = 0;
  }

  #isStale(key: SimpleKey): boolean {
    const { offset, lineStart, text } = this.#cursor;
    if (key.lineStart !== lineStart) return true;
    if (!this.#isStrict || offset - key.offset <= MAX_KEY_LENGTH) return false;
    return codePoints(text, key.offset, offset) > MAX_KEY_LENGTH;
  }

  #checkNotRequired(key: SimpleKey): void {
    if (!key.isRequired) return;
    this.#cursor.offset = key.offset;
    this.#cursor.fail('expected a key and ":" on one line');
  }
}

function codePoints(text: string, start: number, end: number): number {
  let count = 0;
  for (let offset = start; offset < end; offset++) {
    const isLowSurrogate = (text.charCodeAt(offset) & 0xfc00) === 0xdc00;
    if (!isLowSurrogate) count += 1;
  }
  return count;
}
