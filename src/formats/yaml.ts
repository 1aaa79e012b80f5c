import {
  CHOMPING_MODE,
  constructFromEvents,
  type Event,
  EVENT_ID,
  parseEvents,
  YAMLException,
} from "../deps/yaml.ts";
import type { Value } from "../values.ts";
import { locateKey, yamlError } from "./yaml_error.ts";
import { LOAD_SCHEMA } from "./yaml_schema.ts";

const MAX_DEPTH = 1000;
const MAX_MERGE_KEYS = 1_000_000;
const MAX_REPAIRS = 2000;
const REPAIR = " ".repeat(16);
const DOCUMENT_MARKER_REGEXP = /^(?:---|\.\.\.)/;

/** Options of {@linkcode parseYaml}. */
export interface ParseYamlOptions {
  /** Names the text in error messages, for example the file's path. */
  file?: string;
  /**
   * Whether errors never quote the text, because it holds secrets.
   *
   * @default {false}
   */
  hidesText?: boolean | undefined;
}

/**
 * Parses YAML as PyYAML's FullLoader does: YAML 1.1, where `yes` is true, `010`
 * is 8 and `12:30` is 750. Keys become text, as in JSON. An empty text is null.
 *
 * @param text The YAML text: one document.
 * @param options What names the text in messages.
 * @returns The value. Aliases are shared lists and mappings.
 * @throws {CicdStateError} `INPUT`, if it cannot be read; the message has file,
 * line and column.
 * @example A version number stays as it is written
 * ```ts
 * import { Float, parseYaml } from "@cicdstatemgr/cicdstatemgr";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * deepStrictEqual(parseYaml("version: 1.0\nactive: yes\n"), {
 *   version: new Float(1),
 *   active: true,
 * });
 * ```
 */
export function parseYaml(text: string, options: ParseYamlOptions = {}): Value {
  const source = text.replace(/^\ufeff/, "");
  try {
    return load(source);
  } catch (error) {
    if (error instanceof YAMLException) {
      throw yamlError(source, error, options);
    }
    throw error;
  }
}

function load(text: string): Value {
  const lines = text.split("\n");
  const repaired = new Map<number, number>();
  for (let repairs = 0;; repairs++) {
    try {
      return construct(lines.join("\n"));
    } catch (error) {
      const line = underIndentedLine(error);
      const isRepairable = line !== undefined && repairs < MAX_REPAIRS &&
        !DOCUMENT_MARKER_REGEXP.test(lines[line]!);
      if (!isRepairable) throw moveBack(error, repaired);
      lines[line] = REPAIR + lines[line];
      repaired.set(line, (repaired.get(line) ?? 0) + REPAIR.length);
    }
  }
}

/** Makes an error's column count in the line as it was before its repair. */
function moveBack(
  error: unknown,
  repaired: ReadonlyMap<number, number>,
): unknown {
  if (error instanceof YAMLException && error.mark !== undefined) {
    error.mark.column -= repaired.get(error.mark.line) ?? 0;
  }
  return error;
}

/**
 * The line that js-yaml finds indented too little inside brackets or quotes,
 * where PyYAML takes any indentation.
 */
function underIndentedLine(error: unknown): number | undefined {
  return error instanceof YAMLException &&
      error.reason === "deficient indentation"
    ? error.mark?.line
    : undefined;
}

function construct(source: string): Value {
  const events = parseEvents(source, { maxDepth: MAX_DEPTH });
  adaptEvents(events, source);
  const documents = constructDocuments(events, source);
  if (documents.length > 1) {
    throw new YAMLException("expected one document, but found several");
  }
  return documents[0] ?? null;
}

function constructDocuments(events: Event[], source: string): Value[] {
  try {
    return constructFromEvents(events, {
      source,
      schema: LOAD_SCHEMA,
      json: true,
      maxTotalMergeKeys: MAX_MERGE_KEYS,
    }) as Value[];
  } catch (error) {
    throw locateKey(error, events, source);
  }
}

/** Gives events the meaning that they have for PyYAML. */
function adaptEvents(events: readonly Event[], source: string): void {
  const endsInsideLine = !source.endsWith("\n");
  for (const event of events) {
    if (event.type !== EVENT_ID.SCALAR) continue;
    if (source.slice(event.tagStart, event.tagEnd) === "!") {
      event.tagStart = event.tagEnd = -1;
    }
    if (endsInsideLine && event.valueEnd === source.length) {
      event.chomping = CHOMPING_MODE.STRIP;
    }
  }
}
