import { YamlFault } from "./scan/cursor.ts";
import type { TokenKind, TokenOf } from "./scan/tokens.ts";
import type { Scanner } from "./scan/scanner.ts";
import { TAG_PREFIX } from "./scalar_types.ts";
import type { Value } from "../../values.ts";

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

const DEFAULT_HANDLES: readonly (readonly [handle: string, prefix: string])[] =
  [["!", "!"], ["!!", TAG_PREFIX]];

/** The handles of a document's tags, which its directives declare. */
export class TagHandles {
  readonly #prefixes = new Map<string, string>(DEFAULT_HANDLES);

  /**
   * Reads the directives of a document.
   *
   * @throws {YamlFault} If there are two of a kind, or if it is not YAML 1.
   */
  readDirectives(tokens: TokenReader): void {
    let hasVersion = false;
    const declared = new Set<string>();
    while (tokens.is("directive")) {
      const { name, values, start } = tokens.take("directive");
      const [first, second] = values;
      if (name === "YAML") {
        if (hasVersion) tokens.fail("there are two %YAML directives", start);
        if (Number(first) !== 1) tokens.fail("it is not YAML 1", start);
        hasVersion = true;
      } else if (name === "TAG") {
        if (declared.has(first!)) {
          tokens.fail("there are two %TAG directives for one handle", start);
        }
        declared.add(first!);
        this.#prefixes.set(first!, second!);
      }
    }
  }

  /**
   * Reads a tag.
   *
   * @returns The whole tag; `!` for the one that names no type.
   * @throws {YamlFault} If its handle is not declared.
   */
  readTag(tokens: TokenReader): string {
    const { handle, suffix, start } = tokens.take("tag");
    if (handle === undefined) return suffix;
    const prefix = this.#prefixes.get(handle);
    if (prefix === undefined) {
      tokens.fail("no %TAG directive declares the tag's handle", start);
    }
    return prefix + suffix;
  }
}

/** A value that an anchor names. */
export interface Anchored {
  /** The value; `undefined` while it is being read. */
  value?: Value;
  /** How many values it has. */
  size: number;
}

/** What precedes the content of a node. */
export interface Properties {
  readonly tag: string | undefined;
  readonly tagOffset: number;
  readonly anchor: Anchored | undefined;
}

/** Reads tags, anchors and aliases. */
export class PropertyReader {
  readonly #tokens: TokenReader;
  readonly #handles: TagHandles;
  readonly #isStrict: boolean;
  readonly #anchored = new Map<string, Anchored>();

  /** @param isStrict Whether each anchor may be defined only once. */
  constructor(tokens: TokenReader, handles: TagHandles, isStrict: boolean) {
    this.#tokens = tokens;
    this.#handles = handles;
    this.#isStrict = isStrict;
  }

  /** Reads the tag and the anchor of a value, in any order. */
  read(): Properties {
    let tag: string | undefined;
    let tagOffset = 0;
    let anchor: Anchored | undefined;
    while (true) {
      const { kind, offset } = this.#tokens;
      if (kind === "anchor" && anchor === undefined) {
        anchor = this.#readAnchor();
      } else if (kind === "tag" && tag === undefined) {
        tagOffset = offset;
        tag = this.#handles.readTag(this.#tokens);
      } else return { tag, tagOffset, anchor };
    }
  }

  /** Reads an anchor, whose value is set when it has been read. */
  #readAnchor(): Anchored {
    const { name, start } = this.#tokens.take("anchor");
    if (this.#isStrict && this.#anchored.has(name)) {
      this.#tokens.fail("there is another anchor of this name", start);
    }
    const anchored: Anchored = { size: 0 };
    this.#anchored.set(name, anchored);
    return anchored;
  }

  /** Reads an alias. */
  readAlias(): Required<Anchored> {
    const { name, start } = this.#tokens.take("alias");
    const { value, size } = this.#anchored.get(name) ??
      this.#tokens.fail("the alias has no anchor before it", start);
    if (value !== undefined) return { value, size };
    this.#tokens.fail(
      "the alias is inside the value that it stands for",
      start,
    );
  }
}
