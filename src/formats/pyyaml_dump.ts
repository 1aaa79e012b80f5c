import { Float, Timestamp } from "../values.ts";
import { compareText, OutputLimit, yamlFloat } from "./python_text.ts";
import {
  isMultiline,
  readsAsText,
  scalarStyle,
  YamlWriter,
} from "./pyyaml_writer.ts";

/** What {@linkcode pyyamlDump} writes: values, and mappings with keys of any type. */
export type PlainYaml =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Timestamp
  | YamlTuple
  | PlainYaml[]
  | Map<PlainYaml, PlainYaml>;

/** A tuple of Python, which YAML marks by a tag. */
export class YamlTuple {
  /** Its items. */
  readonly items: PlainYaml[];

  constructor(items: PlainYaml[]) {
    this.items = items;
  }
}

/** Options of {@linkcode pyyamlDump}. */
export interface PyyamlDumpOptions {
  /** Whether mappings are sorted by key. */
  readonly sortKeys?: boolean;
  /** The number of spaces per level: 2 to 9; any other number means 2. */
  readonly indent?: number;
}

const MAX_KEY_LENGTH = 128;
const TUPLE_TAG = "!!python/tuple";

/**
 * Writes a value as PyYAML's `yaml.dump` does, in block style. Characters beyond
 * ASCII are escaped, long strings are folded at column 80, and collections that occur
 * several times are written once, with an anchor.
 *
 * @param value The value.
 * @param options The order of keys and the indentation.
 * @returns The YAML, with a final newline.
 * @throws {CicdStateError} `INPUT`, if the value nests over 1000 levels deep.
 */
export function pyyamlDump(
  value: PlainYaml,
  options: PyyamlDumpOptions = {},
): string {
  const { sortKeys = false, indent = 2 } = options;
  return new Emitter(sortKeys, indent > 1 && indent < 10 ? indent : 2)
    .document(value);
}

/** The role of a value in what contains it. */
type Position = "root" | "item" | "key" | "value";

class Emitter {
  readonly #writer = new YamlWriter();
  readonly #sortsKeys: boolean;
  readonly #indentSize: number;
  readonly #anchors = new Map<object, string | undefined>();
  readonly #written = new Set<object>();
  readonly #limit = new OutputLimit();
  #anchorCount = 0;
  #isNested = false;

  constructor(sortsKeys: boolean, indentSize: number) {
    this.#sortsKeys = sortsKeys;
    this.#indentSize = indentSize;
  }

  document(value: PlainYaml): string {
    this.#findAnchors(value);
    this.#node(value, "root");
    this.#writer.indent = 0;
    this.#writer.startLine();
    // After a plain scalar, only this marker ends the document.
    const isOpen = !isCollection(value) && styleOf(value, false) === "plain";
    return isOpen ? `${this.#writer.text}...\n` : this.#writer.text;
  }

  /** Names the collections that occur several times, in the order in which they recur. */
  #findAnchors(value: PlainYaml): void {
    if (!isCollection(value)) return;
    if (this.#anchors.has(value)) {
      if (this.#anchors.get(value) === undefined) {
        const number = String(++this.#anchorCount).padStart(3, "0");
        this.#anchors.set(value, `id${number}`);
      }
      return;
    }
    this.#anchors.set(value, undefined);
    this.#limit.enter();
    for (const child of childrenOf(value)) this.#findAnchors(child);
    this.#limit.leave();
  }

  #node(value: PlainYaml, position: Position, isSimpleKey = false): void {
    if (!isCollection(value)) return this.#scalar(value, isSimpleKey);
    const anchor = this.#anchors.get(value);
    if (anchor !== undefined) {
      const isKnown = this.#written.has(value);
      this.#writer.indicator(`${isKnown ? "*" : "&"}${anchor}`, true);
      if (isKnown) return;
      this.#written.add(value);
    }
    if (value instanceof YamlTuple) this.#writer.indicator(TUPLE_TAG, true);
    if (value instanceof Map) this.#mapping(value);
    else this.#sequence(itemsOf(value), position);
  }

  #nested(isIndented: boolean, write: () => void): void {
    const { indent } = this.#writer;
    const wasNested = this.#isNested;
    if (isIndented && wasNested) this.#writer.indent += this.#indentSize;
    this.#isNested = true;
    write();
    this.#isNested = wasNested;
    this.#writer.indent = indent;
  }

  #sequence(items: readonly PlainYaml[], position: Position): void {
    if (items.length === 0) return this.#writer.indicator("[]", true);
    const isInMapping = position === "key" || position === "value";
    const isIndented = !(isInMapping && !this.#writer.isIndention);
    this.#nested(isIndented, () => {
      for (const item of items) {
        this.#writer.startLine();
        this.#writer.indicator("-", true, true);
        this.#node(item, "item");
      }
    });
  }

  #mapping(mapping: Map<PlainYaml, PlainYaml>): void {
    if (mapping.size === 0) return this.#writer.indicator("{}", true);
    this.#nested(true, () => {
      for (const [key, value] of this.#entries(mapping)) {
        this.#writer.startLine();
        if (this.#isSimpleKey(key)) {
          this.#node(key, "key", true);
          this.#writer.indicator(":", false);
        } else {
          this.#writer.indicator("?", true, true);
          this.#node(key, "key");
          this.#writer.startLine();
          this.#writer.indicator(":", true, true);
        }
        this.#node(value, "value");
      }
    });
  }

  #entries(mapping: Map<PlainYaml, PlainYaml>): [PlainYaml, PlainYaml][] {
    const entries = [...mapping];
    if (!this.#sortsKeys) return entries;
    const keys = entries.map(([key]) => key);
    if (keys.every((key) => typeof key === "string")) {
      return entries.sort(([left], [right]) =>
        compareText(left as string, right as string)
      );
    }
    const areNumbers = keys.every((key) => numberOf(key) !== undefined);
    // Like PyYAML, keep the order of keys that cannot be compared.
    return areNumbers
      ? entries.sort(([left], [right]) => numberOf(left)! - numberOf(right)!)
      : entries;
  }

  #isSimpleKey(key: PlainYaml): boolean {
    if (isCollection(key)) {
      return this.#written.has(key) || childrenOf(key).length === 0;
    }
    const text = scalarText(key);
    const length = Array.from(text).length + tagLength(key);
    return text !== "" && !isMultiline(text) && length < MAX_KEY_LENGTH;
  }

  #scalar(value: Scalar, isSimpleKey: boolean): void {
    const characters = Array.from(scalarText(value));
    const { indent } = this.#writer;
    this.#writer.indent += this.#indentSize;
    switch (styleOf(value, isSimpleKey)) {
      case "plain":
        this.#writer.plain(characters, !isSimpleKey);
        break;
      case "single":
        this.#writer.singleQuoted(characters, !isSimpleKey);
        break;
      case "double":
        this.#writer.doubleQuoted(characters, !isSimpleKey);
    }
    this.#writer.indent = indent;
  }
}

type Collection = YamlTuple | PlainYaml[] | Map<PlainYaml, PlainYaml>;
type Scalar = Exclude<PlainYaml, Collection>;

function isCollection(value: PlainYaml): value is Collection {
  return Array.isArray(value) || value instanceof Map ||
    value instanceof YamlTuple;
}

function itemsOf(value: YamlTuple | PlainYaml[]): PlainYaml[] {
  return value instanceof YamlTuple ? value.items : value;
}

function childrenOf(value: Collection): PlainYaml[] {
  return value instanceof Map ? [...value].flat() : itemsOf(value);
}

function numberOf(key: PlainYaml): number | undefined {
  if (key instanceof Float) return key.value;
  return typeof key === "number" || typeof key === "bigint" ||
      typeof key === "boolean"
    ? Number(key)
    : undefined;
}

function styleOf(value: Scalar, isKey: boolean) {
  const text = scalarText(value);
  const isImplicit = typeof value !== "string" || readsAsText(text);
  return scalarStyle(Array.from(text), isImplicit, isKey);
}

function scalarText(value: Scalar): string {
  if (typeof value === "string") return value;
  if (value instanceof Timestamp) return value.text;
  if (value instanceof Float) return value.toString();
  return typeof value === "number" && !Number.isSafeInteger(value)
    ? yamlFloat(value)
    : String(value);
}

/** PyYAML counts the tag of a key, even if it does not write it. */
function tagLength(value: Scalar): number {
  if (value === null || typeof value === "boolean") return "!!bool".length;
  if (value instanceof Timestamp) return "!!timestamp".length;
  if (value instanceof Float) return "!!float".length;
  return typeof value === "number" && !Number.isSafeInteger(value)
    ? "!!float".length
    : "!!str".length;
}
