import {
  boolYaml11Tag,
  DEFAULT_SCALAR_STYLE_RULES,
  dump,
  floatCoreTag,
  floatYaml11Tag,
  intCoreTag,
  intYaml11Tag,
  NOT_RESOLVED,
  nullYaml11Tag,
  SCALAR_STYLE,
  type ScalarLayout,
  type ScalarTagDefinition,
  type Schema,
} from "../deps/yaml.ts";
import type { Value } from "../values.ts";
import {
  BOOL_REGEXP,
  boolTag,
  FLOAT_REGEXP,
  floatTag,
  INT_REGEXP,
  intTag,
  LOAD_SCHEMA,
  NULL_REGEXP,
  nullTag,
  TIMESTAMP_REGEXP,
  timestampTag,
} from "./yaml_schema.ts";

const INDENTED_REGEXP = /^\n* /;
const SCALAR_STYLE_RULES = [
  quoteIndentedRoot,
  ...Object.values(DEFAULT_SCALAR_STYLE_RULES),
];

/** Quotes what a YAML 1.1 or 1.2 reader would not read as text. */
const DUMP_SCHEMA: Schema = LOAD_SCHEMA.withTags(
  wary(nullTag, NULL_REGEXP, nullYaml11Tag),
  wary(boolTag, BOOL_REGEXP, boolYaml11Tag),
  wary(intTag, INT_REGEXP, intYaml11Tag, intCoreTag),
  wary(floatTag, FLOAT_REGEXP, floatYaml11Tag, floatCoreTag),
  wary(timestampTag, TIMESTAMP_REGEXP),
);

/**
 * Writes a value as YAML in block style, keys in their order. YAML 1.1 and 1.2
 * readers load it equal.
 *
 * @param value The value.
 * @returns The text, with a final newline.
 * @example Texts that look like other values are quoted
 * ```ts
 * import { stringifyYaml } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(stringifyYaml({ tag: "1.0", ok: true }), "tag: '1.0'\nok: true\n");
 * ```
 */
export function stringifyYaml(value: Value): string {
  return dump(value, {
    schema: DUMP_SCHEMA,
    seqNoIndent: true,
    lineWidth: -1,
    scalarStyleRules: SCALAR_STYLE_RULES,
  });
}

/** PyYAML and YAML 1.2 count the indentation of a block at the top differently. */
function quoteIndentedRoot(layout: ScalarLayout): void {
  if (layout.level === 0 && INDENTED_REGEXP.test(layout.node.value)) {
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
  }
}

/** A tag that takes every text for its own that a YAML reader might. */
function wary<T>(
  tag: ScalarTagDefinition<T>,
  pattern: RegExp,
  ...others: readonly ScalarTagDefinition[]
): ScalarTagDefinition {
  return {
    ...tag,
    resolve: (text, isExplicit, tagName) =>
      pattern.test(text) ||
        others.some((other) =>
          other.resolve(text, isExplicit, tagName) !== NOT_RESOLVED
        )
        ? text
        : NOT_RESOLVED,
  };
}
