import type { Float, Timestamp } from "../values.ts";

/** What YAML can write: a document's values, and mappings with keys of any kind. */
export type PlainYaml =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Timestamp
  | PlainYaml[]
  | Map<PlainYaml, PlainYaml>;

/** Options of {@linkcode pyyamlDump}. */
export interface PyyamlDumpOptions {
  /** Whether mappings are sorted by key. */
  readonly sortKeys?: boolean;
  /** How many blanks each level is indented by. */
  readonly indent?: number;
}

/** Writes a value as PyYAML's `yaml.dump` does, in block style. */
export function pyyamlDump(
  value: PlainYaml,
  options: PyyamlDumpOptions = {},
): string {
  return `${value} ${options}\n`;
}
