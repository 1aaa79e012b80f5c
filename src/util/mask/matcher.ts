/** Receives the bytes that a match covers: `start` to before `end`. */
export type ReportMatch = (start: number, end: number) => void;

/**
 * Finds many byte sequences at once, in one pass: an Aho-Corasick automaton.
 * The time is linear in the length of the text, whatever the needles are.
 */
export class Matcher {
  /** The children of the root, by their byte. */
  readonly #roots = new Int32Array(256);
  /** The byte that leads to each node. */
  readonly #bytes: Uint8Array;
  readonly #firstChild: Int32Array;
  readonly #nextSibling: Int32Array;
  /** Where to go on from a node without the child that is needed. */
  readonly #fallback: Int32Array;
  /** The length of the longest needle that ends at each node, or 0. */
  readonly #matched: Int32Array;
  #size = 1;

  /**
   * Builds the automaton.
   *
   * @param needles What to find. Empty ones are ignored.
   */
  constructor(needles: readonly Uint8Array[]) {
    const capacity = needles.reduce((sum, { length }) => sum + length, 1);
    this.#bytes = new Uint8Array(capacity);
    this.#firstChild = new Int32Array(capacity);
    this.#nextSibling = new Int32Array(capacity);
    this.#fallback = new Int32Array(capacity);
    this.#matched = new Int32Array(capacity);
    for (const needle of needles) this.#add(needle);
    this.#link();
  }

  /**
   * Finds all needles in a text.
   *
   * @param text The bytes of the text.
   * @param report Receives the longest match that ends at each position.
   */
  find(text: Uint8Array, report: ReportMatch): void {
    let node = 0;
    for (let at = 0; at < text.length; at++) {
      node = this.#step(node, text[at]!);
      const length = this.#matched[node]!;
      if (length > 0) report(at + 1 - length, at + 1);
    }
  }

  #add(needle: Uint8Array): void {
    let node = 0;
    for (const byte of needle) {
      node = this.#child(node, byte) || this.#addChild(node, byte);
    }
    if (node > 0) this.#matched[node] = needle.length;
  }

  #addChild(parent: number, byte: number): number {
    const child = this.#size++;
    this.#bytes[child] = byte;
    if (parent === 0) this.#roots[byte] = child;
    this.#nextSibling[child] = this.#firstChild[parent]!;
    this.#firstChild[parent] = child;
    return child;
  }

  /** Sets the fallback of every node, breadth first. */
  #link(): void {
    const queue = new Int32Array(this.#size);
    let end = 1;
    for (let at = 0; at < end; at++) {
      const node = queue[at]!;
      let child = this.#firstChild[node]!;
      while (child !== 0) {
        queue[end++] = child;
        if (node !== 0) {
          const byte = this.#bytes[child]!;
          const fallback = this.#step(this.#fallback[node]!, byte);
          this.#fallback[child] = fallback;
          this.#matched[child] ||= this.#matched[fallback]!;
        }
        child = this.#nextSibling[child]!;
      }
    }
  }

  #step(from: number, byte: number): number {
    let node = from;
    while (node !== 0) {
      const child = this.#child(node, byte);
      if (child !== 0) return child;
      node = this.#fallback[node]!;
    }
    return this.#roots[byte]!;
  }

  #child(node: number, byte: number): number {
    if (node === 0) return this.#roots[byte]!;
    let child = this.#firstChild[node]!;
    while (child !== 0 && this.#bytes[child] !== byte) {
      child = this.#nextSibling[child]!;
    }
    return child;
  }
}
