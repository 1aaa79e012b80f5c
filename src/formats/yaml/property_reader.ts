import type { Value } from "../../values.ts";
import type { TagHandles } from "./tag_handles.ts";
import type { TokenReader } from "./token_reader.ts";

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
