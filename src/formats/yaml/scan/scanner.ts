import { readBlock } from "./block_scalar.ts";
import { type Cursor, END, isBlank, SPACE, TAB } from "./cursor.ts";
import type { QueuedToken, SymbolKind, Token } from "./tokens.ts";
import {
  canStartPlain,
  isFlowIndicator,
  readPlain,
  readQuoted,
} from "./flow_scalar.ts";
import { readDirective, readName, readTag } from "./properties.ts";
import { SimpleKeys } from "./simple_keys.ts";

/**
 * Splits YAML into tokens as PyYAML does. It looks no further ahead than the end
 * of a line: only a `:` tells that what precedes it is a key.
 */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #isStrict: boolean;
  #queue: QueuedToken[] = [];
  #head = 0;
  /** The next token, if it is known. */
  #next: QueuedToken | undefined;
  readonly #keys: SimpleKeys;
  #allowsKey = true;
  #level = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  /** The offset of a tab that precedes the next token in its line. */
  #tab: number | undefined;

  /**
   * @param cursor Stands at the start of the text.
   * @param isStrict Whether to refuse all that PyYAML refuses, such as tabs.
   */
  constructor(cursor: Cursor, isStrict: boolean) {
    this.#cursor = cursor;
    this.#isStrict = isStrict;
    this.#keys = new SimpleKeys(cursor, isStrict);
  }

  /** Moves past the next token. */
  skip(): void {
    this.#head += 1;
    this.#next = undefined;
  }

  /** Returns the next token. */
  peek(): QueuedToken {
    return this.#next ??= this.#findNext();
  }

  #findNext(): QueuedToken {
    while (true) {
      if (this.#head < this.#queue.length) {
        this.#keys.dropStale();
        const queued = this.#queue[this.#head]!;
        // Whether it is a key is not known before the end of its line.
        if (!this.#keys.startsWith(queued)) return queued;
      } else {
        this.#queue = [];
        this.#head = 0;
      }
      this.#scan();
    }
  }

  #push(token: Token): QueuedToken {
    const queued = { token, isKey: false, opensMapping: false };
    this.#queue.push(queued);
    return queued;
  }

  #pushSymbol(kind: SymbolKind, length: number): void {
    this.#push({ kind, start: this.#cursor.offset });
    this.#cursor.skip(length);
  }

  /** Reads one token, and the ends of blocks that precede it. */
  #scan(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#keys.dropStale();
    this.#closeBlocks(cursor.column);
    const character = cursor.text.charAt(cursor.offset);
    if (cursor.unit() === END) return this.#endStream();
    if (character === "%" && cursor.column === 0) {
      this.#endDocument();
      this.#push(readDirective(cursor));
      return;
    }
    if (cursor.isAtMarker()) {
      this.#endDocument();
      const kind = character === "-" ? "document-start" : "document-end";
      return this.#pushSymbol(kind, 3);
    }
    switch (character) {
      case "[":
        return this.#openFlow("flow-sequence-start");
      case "{":
        return this.#openFlow("flow-mapping-start");
      case "]":
        return this.#closeFlow("flow-sequence-end");
      case "}":
        return this.#closeFlow("flow-mapping-end");
      case ",":
        this.#allowsKey = true;
        this.#keys.drop(this.#level);
        return this.#pushSymbol("flow-entry", 1);
      case "-":
        return isBlank(cursor.unit(1)) ? this.#blockEntry() : this.#plain();
      case "?":
        return this.#isIndicator() ? this.#explicitKey() : this.#plain();
      case ":":
        return this.#isIndicator() ? this.#value() : this.#plain();
      case "*":
      case "&":
        return this.#keyed(() => readName(cursor, this.#isStrict));
      case "!":
        return this.#keyed(() => readTag(cursor));
      case "'":
      case '"':
        return this.#keyed((start) => ({
          kind: "scalar",
          start,
          text: readQuoted(cursor),
          style: "quoted",
        }));
      case "|":
      case ">":
        if (this.#level === 0) return this.#block();
        break;
      default:
        if (canStartPlain(cursor)) return this.#plain();
    }
    cursor.fail(`${cursor.found()} cannot start a value`);
  }

  /** Reports whether `?` or `:` is an indicator here and not part of a scalar. */
  #isIndicator(): boolean {
    const cursor = this.#cursor;
    if (isBlank(cursor.unit(1))) return true;
    if (this.#level === 0) return false;
    // In brackets, PyYAML takes both for indicators, whatever follows.
    if (this.#isStrict || cursor.unit() === 0x3f) return true;
    return this.#keys.at(this.#level) !== undefined ||
      isFlowIndicator(cursor.unit(1));
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    while (true) {
      const unit = cursor.unit();
      if (unit === SPACE) {
        cursor.skip(1);
      } else if (unit === TAB && !this.#isStrict) {
        // A tab has no width, so no block can be indented by it.
        if (this.#level === 0) {
          this.#allowsKey = false;
          this.#tab ??= cursor.offset;
        }
        cursor.skip(1);
      } else {
        cursor.skipComment();
        if (cursor.takeBreak() === "") return;
        this.#tab = undefined;
        if (this.#level === 0) this.#allowsKey = true;
      }
    }
  }

  #endStream(): void {
    this.#endDocument();
    this.#keys.clear();
    this.#push({ kind: "stream-end", start: this.#cursor.offset });
  }

  #endDocument(): void {
    this.#closeBlocks(-1);
    this.#keys.drop(this.#level);
    this.#allowsKey = false;
  }

  #openFlow(kind: SymbolKind): void {
    this.#keyed((start) => ({ kind, start }));
    this.#cursor.skip(1);
    this.#level += 1;
    this.#allowsKey = true;
  }

  #closeFlow(kind: SymbolKind): void {
    if (this.#level === 0) {
      this.#cursor.fail(`${this.#cursor.found()} closes nothing`);
    }
    this.#keys.drop(this.#level);
    this.#level -= 1;
    this.#allowsKey = false;
    this.#pushSymbol(kind, 1);
  }

  #blockEntry(): void {
    if (this.#level === 0) {
      this.#checkAllowsKey("an item cannot start here");
      this.#openBlock("block-sequence-start");
    }
    this.#allowsKey = true;
    this.#keys.drop(this.#level);
    this.#pushSymbol("block-entry", 1);
  }

  #explicitKey(): void {
    if (this.#level === 0) {
      this.#checkAllowsKey("a key cannot start here");
      this.#openBlock("block-mapping-start");
    }
    this.#allowsKey = this.#level === 0;
    this.#keys.drop(this.#level);
    this.#pushSymbol("key", 1);
  }

  #value(): void {
    const key = this.#keys.take(this.#level);
    if (key !== undefined) {
      key.queued.isKey = true;
      key.queued.opensMapping = this.#level === 0 && this.#indentTo(key.column);
      this.#allowsKey = false;
    } else {
      if (this.#level === 0) {
        this.#checkAllowsKey('":" cannot stand here');
        this.#openBlock("block-mapping-start");
      }
      this.#allowsKey = this.#level === 0;
      this.#keys.drop(this.#level);
    }
    this.#pushSymbol("value", 1);
  }

  #checkAllowsKey(reason: string): void {
    if (this.#allowsKey) return;
    if (this.#tab === undefined) this.#cursor.fail(reason);
    this.#cursor.offset = this.#tab;
    this.#cursor.fail("a tab cannot indent a list or mapping");
  }

  #block(): void {
    this.#allowsKey = true;
    this.#keys.drop(this.#level);
    const start = this.#cursor.offset;
    const text = readBlock(this.#cursor, this.#indent);
    this.#push({ kind: "scalar", start, text, style: "block" });
  }

  #plain(): void {
    let allowsKey = false;
    this.#keyed((start) => {
      const { text, endsLine } = readPlain(this.#cursor, {
        indent: this.#indent + 1,
        isInFlow: this.#level > 0,
        isStrict: this.#isStrict,
      });
      allowsKey = endsLine;
      return { kind: "scalar", start, text, style: "plain" };
    });
    this.#allowsKey = allowsKey;
  }

  /** Reads a token that may turn out to be a key. */
  #keyed(read: (start: number) => Token): void {
    const { offset, lineStart, column } = this.#cursor;
    const allowsKey = this.#allowsKey;
    if (allowsKey) this.#keys.drop(this.#level);
    this.#allowsKey = false;
    const queued = this.#push(read(offset));
    if (!allowsKey) return;
    const isRequired = this.#level === 0 && this.#indent === column;
    const level = this.#level;
    this.#keys.add({ queued, offset, lineStart, column, level, isRequired });
  }

  #openBlock(kind: SymbolKind): void {
    const { offset, column } = this.#cursor;
    if (this.#indentTo(column)) this.#push({ kind, start: offset });
  }

  /** Starts a deeper block; reports whether the column is deeper. */
  #indentTo(column: number): boolean {
    if (this.#indent >= column) return false;
    this.#indents.push(this.#indent);
    this.#indent = column;
    return true;
  }

  #closeBlocks(column: number): void {
    if (this.#level > 0) return;
    while (this.#indent > column) {
      this.#indent = this.#indents.pop()!;
      this.#push({ kind: "block-end", start: this.#cursor.offset });
    }
  }
}
