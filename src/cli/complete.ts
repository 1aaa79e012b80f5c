import { findCommand, loadCommands } from "../commands/registry.ts";
import { flagName, GLOBAL_FLAGS } from "../commands/shared/command.ts";
import type {
  Command,
  FlagTable,
  ValueType,
} from "../commands/shared/types.ts";
import type { CicdStateMgr } from "../manager/manager.ts";
import { LOG_LEVELS } from "../util/log.ts";
import { isMapping, type Mapping, type Value } from "../values.ts";
import { type Environment, findFlag } from "./arguments.ts";

/** How long somebody who presses Tab waits for the store. */
const TIMEOUT_MS = 300;
const MAX_IDS = 500;
const UNSAFE_REGEXP = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** A word that may stand on the command line. */
interface Candidate {
  readonly word: string;
  readonly help?: string;
  /** Whether the word may go on, so that no blank follows it. */
  readonly mayGoOn?: boolean;
}

/** Tells the shell to complete the name of a file. */
const FILES: readonly Candidate[] = [{ word: ":files" }];

/**
 * Completes a command line. Failures, such as a store that does not answer in
 * time, complete nothing.
 *
 * @param words The shell, then the words after the program's name. The last one is
 * completed; it may be empty.
 * @param env Reads an environment variable.
 * @param timeoutMs How long to wait for the store. Default: 300 ms.
 * @returns A line for each candidate: the word, then a tab and a description if
 * there is one. The line `:files` stands for the names of files, and `:nospace`
 * says that no blank follows the word.
 */
export async function complete(
  [shell = "", ...words]: readonly string[],
  env: Environment,
  timeoutMs: number = TIMEOUT_MS,
): Promise<string> {
  const last = words.at(-1) ?? "";
  try {
    const found = (await candidates(words, { env, timeoutMs }))
      .filter((one) => FILES.includes(one) || one.word.startsWith(last))
      // No shell could insert it, and it could steer a terminal.
      .filter(({ word }) => !UNSAFE_REGEXP.test(word));
    const lines = found.map(({ word, help }) =>
      shell !== "bash" && help ? `${word}\t${help}\n` : `${word}\n`
    );
    if (found.some(({ mayGoOn }) => mayGoOn)) lines.push(":nospace\n");
    return lines.join("");
  } catch {
    return "";
  }
}

interface StoreAccess {
  readonly env: Environment;
  readonly timeoutMs: number;
}

async function candidates(
  words: readonly string[],
  access: StoreAccess,
): Promise<readonly Candidate[]> {
  const [name, ...rest] = words.slice(0, -1);
  const last = words.at(-1) ?? "";
  if (name === undefined || name === "help") {
    if (rest.length > 0) return [];
    const commands = (await loadCommands())
      .map(({ name, summary }) => ({ word: name, help: summary }));
    return name === undefined
      ? [...commands, { word: "help", help: "Print the help" }]
      : [
        ...commands,
        { word: "start", help: "Two pipelines that share a document" },
        { word: "compat", help: "The flags of older scripts" },
      ];
  }
  const command = await findCommand(name);
  if (command === undefined) return [];
  const table: FlagTable = { ...command.flags, ...GLOBAL_FLAGS };
  const line = scan(rest, table);
  const document = new Documents(line.given, access);
  const valuesOf = (type: ValueType, text: string) =>
    completeValue(type, text, document, line.texts);
  if (line.open !== undefined) return await valuesOf(line.open, last);
  if (!line.isEnded && last.startsWith("-")) {
    const [, label, text] = /^(--[^=]+=)(.*)$/s.exec(last) ?? [];
    if (label === undefined) return flagsOf(table, line.given);
    const named = findFlag(table, label.slice(0, -1));
    if (named === undefined || named[1].type === "switch") return [];
    return (await valuesOf(named[1], text!)).map((one) =>
      FILES.includes(one) ? one : { ...one, word: label + one.word }
    );
  }
  const argument = argumentAt(command, line);
  return argument ? await valuesOf(argument, last) : [];
}

/** What stands before the word that is completed. */
interface Line {
  /** The values of the flags, by key. */
  readonly given: ReadonlyMap<string, string>;
  /** The arguments. */
  readonly texts: readonly string[];
  /** The flag whose value is completed. */
  readonly open: ValueType | undefined;
  /** Whether there was `--`. */
  readonly isEnded: boolean;
}

function scan(words: readonly string[], table: FlagTable): Line {
  const given = new Map<string, string>();
  const texts: string[] = [];
  let open: (ValueType & { readonly key: string }) | undefined;
  let isEnded = false;
  for (const word of words) {
    if (open !== undefined) {
      given.set(open.key, word);
      open = undefined;
    } else if (word === "--" && !isEnded) isEnded = true;
    else if (isEnded || !/^-./.test(word)) texts.push(word);
    else {
      const [, written = word, text] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
      const named = findFlag(table, written);
      if (named === undefined) continue;
      const [key, flag] = named;
      if (text !== undefined || flag.type === "switch") {
        given.set(key, text ?? "");
      } else open = { ...flag, key };
    }
  }
  return { given, texts, open, isEnded };
}

function flagsOf(
  table: FlagTable,
  given: ReadonlyMap<string, string>,
): Candidate[] {
  return Object.entries(table)
    .filter(([key, { repeatable }]) => repeatable || !given.has(key))
    .map(([key, { help }]) => ({
      word: `--${flagName(key)}`,
      help: help.replace(/\. .*/s, ""),
    }));
}

function argumentAt(
  { arguments: table }: Command,
  { texts, isEnded }: Line,
): ValueType | undefined {
  const all = Object.values(table);
  const last = all.at(-1);
  if (last?.afterDashes && isEnded) return last;
  const own = all.filter(({ afterDashes }) => !afterDashes);
  const rest = own.at(-1);
  return own[texts.length] ?? (rest?.repeatable ? rest : undefined);
}

async function completeValue(
  type: ValueType,
  text: string,
  documents: Documents,
  texts: readonly string[],
): Promise<readonly Candidate[]> {
  if (type.type === "choice") return toCandidates(type.choices);
  if (type.type !== "string") return [];
  if (/^(?:\w*FILE|DIR|CMD)$/.test(type.value)) return FILES;
  switch (type.value) {
    case "LEVEL":
      return toCandidates(LOG_LEVELS);
    case "ID":
      return toCandidates(await documents.ids(text));
    case "PATH":
    case "PATH=VALUE":
    case "PATH=JSON":
      if (text.includes("=")) return [];
      return pathsIn(
        await documents.read(),
        text,
        type.value === "PATH" ? "" : "=",
      );
    case "PIPELINE":
    case "EVENT": {
      const pipelines = keyOf(await documents.read(), "pipelines");
      if (type.value === "PIPELINE") return toCandidates(keysOf(pipelines));
      const pipeline = keyOf(pipelines, texts[0] ?? "");
      return toCandidates(keysOf(keyOf(pipeline, "event-handlers")));
    }
    default:
      return [];
  }
}

function toCandidates(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word }));
}

/**
 * Lists the paths one step below the last `.` or `[` of a path, and those below the
 * path itself if it leads to a list or a mapping. The end follows all other paths.
 */
function pathsIn(document: Mapping, text: string, end: string): Candidate[] {
  const parent = text.replace(/(?:^|\.|\[)[^.[\]]*$/, "");
  const paths = new Set(childrenOf(document, parent));
  if (text === parent || paths.has(text)) {
    for (const path of childrenOf(document, text)) paths.add(path);
  }
  return [...paths].map((path) => {
    const value = valueAt(document, path);
    if (Array.isArray(value) || isMapping(value)) {
      return { word: path, mayGoOn: true };
    }
    return { word: path + end, mayGoOn: end !== "" };
  });
}

function childrenOf(document: Mapping, path: string): string[] {
  const value = valueAt(document, path);
  if (Array.isArray(value)) return value.map((_, index) => `${path}[${index}]`);
  return keysOf(value)
    // Other keys cannot be written in a path.
    .filter((key) => /^[^\s.[\]{}=]+$/.test(key))
    .map((key) => path === "" ? key : `${path}.${key}`);
}

function valueAt(document: Mapping, path: string): Value | undefined {
  let value: Value | undefined = document;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    value = Array.isArray(value) ? value[Number(step)] : keyOf(value, step);
  }
  return value;
}

function keyOf(value: Value | undefined, key: string): Value | undefined {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function keysOf(value: Value | undefined): string[] {
  return isMapping(value) ? Object.keys(value) : [];
}

/** The documents of the config that a command line names, for a short time. */
class Documents {
  readonly #given: ReadonlyMap<string, string>;
  readonly #access: StoreAccess;

  constructor(given: ReadonlyMap<string, string>, access: StoreAccess) {
    this.#given = given;
    this.#access = access;
  }

  /** Returns the ids that begin with a text, as far as there is time. */
  async ids(prefix: string): Promise<string[]> {
    const ids: string[] = [];
    await this.#within(async (manager) => {
      for await (const { id } of manager.list(prefix)) {
        if (ids.push(id) === MAX_IDS) return;
      }
    });
    return ids;
  }

  /** Returns the document that the command line names; empty without one. */
  async read(): Promise<Mapping> {
    let document: Value | undefined;
    await this.#within(async (manager) => {
      const id = this.#value("id", "CICDSTATEMGR_CONTEXT_DATA_ID");
      if (id !== undefined) document = await manager.get(id, "$");
    });
    return isMapping(document) ? document : {};
  }

  #value(key: string, variable: string): string | undefined {
    return this.#given.get(key) || this.#access.env(variable) || undefined;
  }

  /** Reads from the store until the time is over. */
  async #within(use: (manager: CicdStateMgr) => Promise<void>): Promise<void> {
    const config = this.#value("config", "CICDSTATEMGR_CONFIG_PATH");
    if (config === undefined) return;
    const secrets = this.#value("secrets", "CICDSTATEMGR_SECRETS_PATH");
    const { CicdStateMgr } = await import("../manager/manager.ts");
    const timeout = Promise.withResolvers<void>();
    const timer = setTimeout(timeout.resolve, this.#access.timeoutMs);
    try {
      const manager = await CicdStateMgr.open({ config, secrets });
      const done = use(manager).finally(() => manager.close());
      await Promise.race([done, timeout.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}
