import { type Event, EVENT_ID, YAMLException } from "../deps/yaml.ts";
import { CicdStateError } from "../errors.ts";

const TAB_REGEXP = /^ *\t/;
const RESERVED_START_REGEXP = /(?:^|[:-])\s+(\{[{%]|[@`%])/;
const INNER_ALIAS_REGEXP = /^recursive (alias ".*") is not supported.*/;
const SECOND_COLON_REGEXP = /:\s.*:(?:\s|$)/;

/** From where on js-yaml's reasons quote the text: a name, a tag. */
const QUOTED_TEXT_REGEXP = /\s*(?:"|!<|: ).*$/s;

/** Why a key is refused that is a list or mapping, as every `{{ x }}` is. */
export const COLLECTION_KEY = "a list or mapping cannot be a key";

/** Gives the error of a key that is a list or mapping its place. */
export function locateKey(
  error: unknown,
  events: readonly Event[],
  source: string,
): unknown {
  const isKeyError = error instanceof YAMLException &&
    error.reason === COLLECTION_KEY;
  const start = isKeyError ? collectionKeyStart(events) : undefined;
  if (start === undefined) return error;
  try {
    YAMLException.throwAt(source, start, COLLECTION_KEY);
  } catch (located) {
    return located;
  }
}

function collectionKeyStart(events: readonly Event[]): number | undefined {
  const open: { readonly isMapping: boolean; children: number }[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const parent = open.at(-1);
    const isKey = parent?.isMapping && parent.children % 2 === 0;
    if (isKey && "start" in event) return event.start;
    if (parent !== undefined) parent.children += 1;
    if (event.type === EVENT_ID.DOCUMENT || "start" in event) {
      open.push({ isMapping: event.type === EVENT_ID.MAPPING, children: 0 });
    }
  }
  return undefined;
}

/** How an error names the text, and what it may show of it. */
interface ErrorOptions {
  readonly file?: string | undefined;
  readonly hidesText?: boolean | undefined;
}

/** Turns js-yaml's error into ours, with a hint for the commonest mistakes. */
export function yamlError(
  source: string,
  error: YAMLException,
  { file, hidesText = false }: ErrorOptions,
): CicdStateError {
  const { mark } = error;
  const reason = hidesText
    ? error.reason.replace(QUOTED_TEXT_REGEXP, "")
    : error.reason.replace(
      INNER_ALIAS_REGEXP,
      "$1 stands inside what it names",
    );
  const where = mark === undefined
    ? ""
    : ` at line ${mark.line + 1}, column ${mark.column + 1}`;
  const line = mark === undefined ? "" : source.split("\n")[mark.line] ?? "";
  return new CicdStateError(
    "INPUT",
    `Cannot parse ${file ?? "YAML"}${where}: ${reason}`,
    // The cause shows the line, and with it what must be hidden.
    { hint: hintFor(line), cause: hidesText ? undefined : error },
  );
}

function hintFor(line: string): string | undefined {
  if (TAB_REGEXP.test(line)) return "Indent with spaces, not tabs";
  const start = RESERVED_START_REGEXP.exec(line);
  if (start !== null) {
    return `Put a value that starts with ${start[1]} between quotes`;
  }
  if (SECOND_COLON_REGEXP.test(line)) {
    return "Put a value that has a colon and a blank in it between quotes";
  }
  return undefined;
}
