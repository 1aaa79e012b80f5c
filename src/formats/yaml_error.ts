import type { YAMLException } from "../deps/yaml.ts";
import { CicdStateError } from "../errors.ts";

const TAB_REGEXP = /^ *\t/;
const TEMPLATE_REGEXP = /(?:^|[:-])\s+\{[{%]/;
const SECOND_COLON_REGEXP = /:\s.*:(?:\s|$)/;

/** Turns js-yaml's error into ours, with a hint for the commonest mistakes. */
export function yamlError(
  source: string,
  error: YAMLException,
  file: string | undefined,
): CicdStateError {
  const { mark, reason } = error;
  const where = mark === undefined
    ? ""
    : ` at line ${mark.line + 1}, column ${mark.column + 1}`;
  const line = mark === undefined ? "" : source.split("\n")[mark.line] ?? "";
  return new CicdStateError(
    "INPUT",
    `Cannot parse ${file ?? "YAML"}${where}: ${reason}`,
    { hint: hintFor(line), cause: error },
  );
}

function hintFor(line: string): string | undefined {
  if (TAB_REGEXP.test(line)) return "Indent with spaces, not tabs";
  if (TEMPLATE_REGEXP.test(line)) {
    return "Put a value that starts with {{ or {% between quotes";
  }
  if (SECOND_COLON_REGEXP.test(line)) {
    return "Put a value that has a colon and a blank in it between quotes";
  }
  return undefined;
}
