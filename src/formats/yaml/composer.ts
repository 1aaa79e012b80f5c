import type { Mapping, Value } from "../../values.ts";
import {
  keyText,
  Limits,
  MappingBuilder,
  type Places,
  recordPlace,
} from "./mapping_builder.ts";
import { resolveScalar, TAG_PREFIX } from "./scalar_types.ts";
import type { TokenKind, TokenOf } from "./scan/tokens.ts";
import {
  type Properties,
  PropertyReader,
  type TagHandles,
  type TokenReader,
} from "./token_reader.ts";

const MERGE = "<<";
const EMPTY: TokenOf<"scalar"> = {
  kind: "scalar",
  start: 0,
  text: "",
  style: "plain",
};
/** Options of {@linkcode Composer}. */
export interface ComposerOptions {
  /** Whether to refuse what PyYAML refuses. */
  readonly isStrict: boolean;
  /** Collects the places of keys and items. */
  readonly places?: Places;
}

/** Makes values of the tokens of a document, with PyYAML's grammar and types. */
export class Composer {
  readonly #tokens: TokenReader;
  readonly #isStrict: boolean;
  readonly #places: Places | undefined;
  readonly #properties: PropertyReader;
  readonly #limits = new Limits();
  /** Whether the next scalar is a key. */
  #isAtKey = false;
  /** Whether the last key was `<<` without quotes. */
  #isMerge = false;
  /** Where the last node starts; `undefined` if it is empty or a block. */
  #inlineOffset: number | undefined;

  constructor(
    tokens: TokenReader,
    handles: TagHandles,
    { isStrict, places }: ComposerOptions,
  ) {
    this.#tokens = tokens;
    this.#isStrict = isStrict;
    this.#places = places;
    this.#properties = new PropertyReader(tokens, handles, isStrict);
  }

  /**
   * Reads a node, which is a value with its tag and anchor.
   *
   * @param isBlock Whether it may be a block.
   * @param allowsItems Whether it may be a list that is not indented, as the value
   * of a key may.
   */
  node(isBlock: boolean, allowsItems = false): Value {
    const tokens = this.#tokens;
    if (tokens.kind === "alias") return this.#alias();
    const before = this.#limits.values;
    const properties = this.#properties.read();
    const { offset, isInline } = tokens;
    this.#limits.count(1, offset);
    this.#limits.enter(offset);
    const value = this.#content(properties, isBlock, allowsItems);
    this.#limits.leave();
    this.#inlineOffset = isInline ? offset : undefined;
    if (properties.anchor !== undefined) {
      properties.anchor.value = value;
      properties.anchor.size = this.#limits.values - before;
    }
    return value;
  }

  #alias(): Value {
    const { offset } = this.#tokens;
    const { value, size } = this.#properties.readAlias();
    this.#limits.count(size, offset);
    this.#inlineOffset = offset;
    return value;
  }

  #content(
    properties: Properties,
    isBlock: boolean,
    allowsItems: boolean,
  ): Value {
    const { tag, anchor } = properties;
    const { kind } = this.#tokens;
    if (kind === "scalar") {
      return this.#scalar(this.#tokens.take("scalar"), properties);
    }
    switch (kind) {
      case "flow-sequence-start":
        this.#checkTag(properties, "seq");
        return this.#flowSequence();
      case "flow-mapping-start":
        this.#checkTag(properties, "map");
        return this.#flowMapping();
      case "block-sequence-start":
        if (!isBlock) break;
        this.#checkTag(properties, "seq");
        return this.#blockSequence();
      case "block-mapping-start":
        if (!isBlock) break;
        this.#checkTag(properties, "map");
        return this.#blockMapping();
      case "block-entry":
        if (!allowsItems) break;
        this.#checkTag(properties, "seq");
        return this.#items();
    }
    if (tag !== undefined || anchor !== undefined) {
      return this.#scalar(EMPTY, properties);
    }
    this.#tokens.fail("expected a value");
  }

  #scalar(token: TokenOf<"scalar">, { tag, tagOffset }: Properties): Value {
    const { text, style, start } = token;
    const isPlain = style === "plain" && (tag === undefined || tag === "!");
    const isKey = this.#isAtKey && isPlain;
    this.#isAtKey = false;
    if (isKey && (text === MERGE || text === "=")) {
      this.#isMerge = text === MERGE;
      return text;
    }
    const value = resolveScalar(token, tag);
    if (value !== undefined) return value;
    if (!isPlain) this.#failTag(tagOffset);
    if (!this.#isStrict) return text;
    this.#tokens.fail(
      "the value looks like a type that it does not fit",
      start,
    );
  }

  #checkTag({ tag, tagOffset }: Properties, kind: "seq" | "map"): void {
    if (tag === undefined || tag === "!" || tag === TAG_PREFIX + kind) return;
    this.#failTag(tagOffset);
  }

  #failTag(offset: number): never {
    this.#tokens.fail("the tag is unknown or does not fit the value", offset);
  }

  #blockSequence(): Value[] {
    this.#tokens.skip();
    const list = this.#items();
    if (!this.#tokens.accept("block-end")) {
      this.#tokens.fail("expected an item of the list; check the indentation");
    }
    return list;
  }

  #items(): Value[] {
    const list: Value[] = [];
    while (this.#tokens.accept("block-entry")) {
      const { offset } = this.#tokens;
      this.#addItem(
        list,
        this.#tokens.is("block-entry", "block-end", "key", "value")
          ? this.#empty()
          : this.node(true),
        offset,
      );
    }
    return list;
  }

  #addItem(list: Value[], item: Value, offset: number): void {
    recordPlace(this.#places, list, list.length, {
      keyOffset: offset,
      offset,
    });
    list.push(item);
  }

  #empty(): null {
    this.#limits.count(1, this.#tokens.offset);
    this.#inlineOffset = undefined;
    return null;
  }

  #blockMapping(): Mapping {
    this.#tokens.skip();
    const mapping = new MappingBuilder();
    // PyYAML refuses a value without a key.
    while (
      this.#tokens.accept("key") || !this.#isStrict && this.#tokens.is("value")
    ) {
      this.#pair(mapping, true, ["key", "value", "block-end"]);
    }
    if (!this.#tokens.accept("block-end")) {
      this.#tokens.fail("expected a key of the mapping; check the indentation");
    }
    return mapping.build(this.#places);
  }

  #flowSequence(): Value[] {
    this.#tokens.skip();
    const list: Value[] = [];
    while (!this.#tokens.accept("flow-sequence-end")) {
      if (list.length > 0) {
        this.#comma("]");
        if (this.#tokens.accept("flow-sequence-end")) break;
      }
      const { offset } = this.#tokens;
      this.#addItem(
        list,
        this.#tokens.accept("key") ? this.#singlePair() : this.node(false),
        offset,
      );
    }
    return list;
  }

  /** Reads a mapping of one key without braces, as in `[a: 1]`. */
  #singlePair(): Mapping {
    this.#limits.count(1, this.#tokens.offset);
    const mapping = new MappingBuilder();
    this.#pair(mapping, false, ["flow-entry", "flow-sequence-end"]);
    return mapping.build(this.#places);
  }

  #flowMapping(): Mapping {
    this.#tokens.skip();
    const mapping = new MappingBuilder();
    const ends: TokenKind[] = ["flow-entry", "flow-mapping-end"];
    let isFirst = true;
    while (!this.#tokens.accept("flow-mapping-end")) {
      if (!isFirst) {
        this.#comma("}");
        if (this.#tokens.accept("flow-mapping-end")) break;
      }
      isFirst = false;
      // For PyYAML, what has no ":" on its line is a key without a value.
      const hasValue = this.#tokens.accept("key") || !this.#isStrict;
      this.#pair(mapping, false, ends, hasValue);
    }
    return mapping.build(this.#places);
  }

  #comma(close: string): void {
    if (!this.#tokens.accept("flow-entry")) {
      this.#tokens.fail(`expected "," or "${close}"`);
    }
  }

  /**
   * Reads a key, whose indicator was read, and its value.
   *
   * @param mapping What they are added to.
   * @param isBlock Whether they may be blocks.
   * @param ends The tokens that end the pair.
   * @param hasValue Whether it may have a value.
   */
  #pair(
    mapping: MappingBuilder,
    isBlock: boolean,
    ends: TokenKind[],
    hasValue = true,
  ): void {
    const tokens = this.#tokens;
    const { offset: keyOffset } = tokens;
    this.#isAtKey = true;
    this.#isMerge = false;
    const isEmpty = hasValue && tokens.is("value", ...ends);
    const node = isEmpty ? this.#empty() : this.node(isBlock, isBlock);
    this.#isAtKey = false;
    const isMerge = this.#isMerge;
    const key = keyText(node, keyOffset);
    const value = hasValue && tokens.accept("value") && !tokens.is(...ends)
      ? this.node(isBlock, isBlock)
      : this.#empty();
    const offset = this.#inlineOffset ?? keyOffset;
    if (isMerge) mapping.merge(value, keyOffset, this.#limits);
    else mapping.add({ key, value, keyOffset, offset });
  }
}
