import { YamlFault } from "./scan/fault.ts";
import type { Scanner } from "./scan/scanner.ts";
import type { TokenKind, TokenOf } from "./scan/tokens.ts";

/** Looks at the next token and moves past it. */
export class TokenReader {
  readonly #scanner: Scanner;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  /** The kind of the next token. */
  get kind(): TokenKind {
    const { token, isKey, opensMapping } = this.#scanner.peek();
    if (opensMapping) return "block-mapping-start";
    return isKey ? "key" : token.kind;
  }

  /** The offset of the next token. */
  get offset(): number {
    return this.#scanner.peek().token.start;
  }

  /** Whether the next token starts a value that may be on the line of its key. */
  get isInline(): boolean {
    const { token, isKey } = this.#scanner.peek();
    if (isKey) return false;
    return token.kind === "scalar"
      ? token.style !== "block"
      : token.kind === "flow-sequence-start" ||
        token.kind === "flow-mapping-start";
  }

  /** Reports whether the next token has one of several kinds. */
  is(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.kind);
  }

  /** Moves past the next token if it has a kind; reports whether it has. */
  accept(kind: TokenKind): boolean {
    if (this.kind !== kind) return false;
    this.skip();
    return true;
  }

  /** Moves past the next token. */
  skip(): void {
    const queued = this.#scanner.peek();
    if (queued.opensMapping) queued.opensMapping = false;
    else if (queued.isKey) queued.isKey = false;
    else this.#scanner.skip();
  }

  /** Moves past the next token, whose kind the caller has looked at. */
  take<K extends TokenKind>(_kind: K): TokenOf<K> {
    const { token } = this.#scanner.peek();
    this.#scanner.skip();
    return token as TokenOf<K>;
  }

  /** Fails at the next token, or at an offset. */
  fail(reason: string, offset = this.offset): never {
    throw new YamlFault(offset, reason);
  }
}
