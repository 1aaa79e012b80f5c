import {
  Float,
  isMapping,
  type Mapping,
  Timestamp,
  type Value,
} from "../values.ts";
import { OutputLimit, yamlFloat } from "./python_text.ts";
import { keepsBreaks, writeKey, writeString } from "./yaml_scalar.ts";

const INDENT = 2;
/** A longer key needs a `?` before it. */
const MAX_KEY_LENGTH = 1024;

/**
 * Writes a value as YAML in block style, with keys in their order. Readers of YAML
 * 1.1 and 1.2 load the same value. Lists and mappings that occur several times are
 * written once, with an anchor.
 *
 * @param value The value.
 * @returns The YAML, with a final newline.
 * @throws {CicdStateError} `INPUT`, if the value nests over 1000 levels deep.
 * @example Strings that look like other values are quoted
 * ```ts
 * import { stringifyYaml } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(stringifyYaml({ tag: "1.0", ok: true }), "tag: '1.0'\nok: true\n");
 * ```
 */
export function stringifyYaml(value: Value): string {
  return new Writer(findAnchors(value)).document(value);
}

type Collection = Value[] | Mapping;

function isCollection(value: Value): value is Collection {
  return Array.isArray(value) || isMapping(value);
}

function isEmpty(value: Collection): boolean {
  return (Array.isArray(value) ? value : Object.keys(value)).length === 0;
}

/** Names the lists and mappings that occur several times. */
function findAnchors(root: Value): Map<Value, string> {
  const seen = new Set<Value>();
  const anchors = new Map<Value, string>();
  const limit = new OutputLimit();
  function visit(value: Value): void {
    if (!isCollection(value)) return;
    if (seen.has(value)) {
      if (!anchors.has(value)) anchors.set(value, `ref_${anchors.size}`);
      return;
    }
    seen.add(value);
    limit.enter();
    for (const item of Array.isArray(value) ? value : Object.values(value)) {
      visit(item);
    }
    limit.leave();
  }
  visit(root);
  return anchors;
}

class Writer {
  readonly #anchors: ReadonlyMap<Value, string>;
  readonly #written = new Set<Value>();
  /** Whether the document ends with line breaks that belong to a value. */
  #isOpen = false;

  constructor(anchors: ReadonlyMap<Value, string>) {
    this.#anchors = anchors;
  }

  document(value: Value): string {
    const text = isCollection(value) && !isEmpty(value)
      ? this.#block(value, 0)
      : this.#inline(value, INDENT, true);
    return this.#isOpen ? `${text}\n...\n` : `${text}\n`;
  }

  /** Writes lines, the first one without its indentation. */
  #block(value: Collection, indent: number): string {
    const lineBreak = `\n${" ".repeat(indent)}`;
    const lines = Array.isArray(value)
      ? value.map((item) => `-${this.#after(item, indent, "item")}`)
      : Object.keys(value).map((key) => this.#pair(key, value[key]!, indent));
    return lines.join(lineBreak);
  }

  #pair(key: string, value: Value, indent: number): string {
    const name = writeKey(key);
    if (!key.includes("\n") && name.length <= MAX_KEY_LENGTH) {
      return `${name}:${this.#after(value, indent, "value")}`;
    }
    const lineBreak = `\n${" ".repeat(indent)}`;
    return `? ${name}${lineBreak}:${this.#after(value, indent, "item")}`;
  }

  /**
   * Writes a value and what separates it from what precedes it: a space, or a line
   * break if it is a block that cannot start on the same line.
   */
  #after(value: Value, indent: number, role: "item" | "value"): string {
    const inner = indent + INDENT;
    if (!isCollection(value) || isEmpty(value) || this.#written.has(value)) {
      return ` ${this.#inline(value, inner, false)}`;
    }
    const anchor = this.#anchors.get(value);
    this.#written.add(value);
    if (role === "item" && anchor === undefined) {
      return ` ${this.#block(value, inner)}`;
    }
    // The items of a list need no more indentation than the key before them.
    const isFlush = role === "value" && Array.isArray(value);
    const column = isFlush ? indent : inner;
    return `${anchor === undefined ? "" : ` &${anchor}`}\n${
      " ".repeat(column)
    }${this.#block(value, column)}`;
  }

  /** Writes a scalar, an empty collection or an alias. */
  #inline(value: Value, indent: number, isRoot: boolean): string {
    this.#isOpen = typeof value === "string" && keepsBreaks(value);
    if (typeof value === "string") {
      return writeString(value, { indent, isRoot });
    }
    if (!isCollection(value)) return writeScalar(value);
    const anchor = this.#anchors.get(value);
    if (this.#written.has(value)) return `*${anchor}`;
    this.#written.add(value);
    const brackets = Array.isArray(value) ? "[]" : "{}";
    return anchor === undefined ? brackets : `&${anchor} ${brackets}`;
  }
}

function writeScalar(value: Exclude<Value, string | Collection>): string {
  if (value instanceof Timestamp) return value.text;
  if (value instanceof Float) return value.toString();
  return typeof value === "number" && !Number.isSafeInteger(value)
    ? yamlFloat(value)
    : String(value);
}
