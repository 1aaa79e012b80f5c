import { CicdStateError } from "../../errors.ts";
import { isMapping, type Mapping, type Value } from "../../values.ts";

/** A leaf of a document, and the name that it is exported under. */
export interface Variable {
  /** Letters, digits and underscores. */
  readonly name: string;
  /** Where the leaf is in the document, for messages: `state.reports[0]`. */
  readonly path: string;
  /** A value that is not a list or a mapping. */
  readonly value: Exclude<Value, Value[] | Mapping>;
}

/** Options of {@linkcode nameVariables}. */
export interface NamingOptions {
  /** Where the value is, such as `state.reports[0]`; empty for the document. */
  readonly path: string;
  /**
   * What each name begins with.
   *
   * @default {""}
   */
  readonly prefix?: string | undefined;
  /**
   * Whether letters of keys are written in upper case.
   *
   * @default {false}
   */
  readonly upper?: boolean | undefined;
  /**
   * Whether names that differ only in case are the same name.
   *
   * @default {false}
   */
  readonly ignoreCase?: boolean | undefined;
}

const OTHER_CHARACTERS_REGEXP = /[^0-9A-Za-z_]+/g;

/**
 * Names each leaf of a value: the keys and indexes below the value, joined by
 * `__`, with `_` in place of characters that names cannot have. Empty lists and
 * mappings have no leaves.
 *
 * @param value The value.
 * @param options Where it is, and how names are written.
 * @returns The leaves, in the order of the document.
 * @throws {CicdStateError} `INPUT`, if two leaves would have the same name, or if a
 * name would begin with a digit or be empty.
 */
export function nameVariables(
  value: Value,
  { path, prefix = "", upper = false, ignoreCase = false }: NamingOptions,
): Variable[] {
  const variables = new Map<string, Variable>();

  function collect(value: Value, name: string, path: string): void {
    if (Array.isArray(value)) {
      value.forEach((item, index) =>
        collect(item, below(name, String(index)), `${path}[${index}]`)
      );
    } else if (isMapping(value)) {
      for (const key of Object.keys(value)) {
        const child = path === "" ? key : `${path}.${key}`;
        collect(value[key]!, below(name, key), child);
      }
    } else add({ name: prefix + name, path, value });
  }

  function below(name: string, key: string): string {
    const plain = key.replaceAll(OTHER_CHARACTERS_REGEXP, "_");
    const cased = upper ? plain.toUpperCase() : plain;
    return name === "" ? cased : `${name}__${cased}`;
  }

  function add(variable: Variable): void {
    checkName(variable);
    const { name, path } = variable;
    const key = ignoreCase ? name.toLowerCase() : name;
    const first = variables.get(key);
    if (first === undefined) return void variables.set(key, variable);
    const both = first.name === name
      ? `both would be named ${name}`
      : `their names differ only in case, ${first.name} and ${name}`;
    throw new CicdStateError(
      "INPUT",
      `Cannot export "${first.path}" and "${path}": ${both}`,
      {
        hint: "Export a path that has one of them, or rename a key",
        place: { path },
      },
    );
  }

  const isLeaf = !Array.isArray(value) && !isMapping(value);
  collect(value, isLeaf ? below("", ownName(path)) : "", path);
  return [...variables.values()];
}

/** Names a value by its last key, and by the indexes after that. */
function ownName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1)
    .replaceAll(/\[(\d+)\]/g, "__$1");
}

function checkName({ name, path }: Variable): void {
  if (/^[A-Za-z_]/.test(name)) return;
  throw new CicdStateError(
    "INPUT",
    `Cannot export "${path}": ${
      name === "" ? "its name would be empty" : `${name} begins with a digit`
    }`,
    { hint: "Add --prefix, such as --prefix item_", place: { path } },
  );
}
