import { suggest } from "../util/messages.ts";
import { isMapping, type Mapping, type Value } from "../values.ts";
import { type About, scalar, type Schema } from "./schema.ts";

/** `ca-file` as `caFile`. */
type CamelCase<Key> = Key extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Key;

/** The keys of a mapping: each key's schema, or one made by {@linkcode required}. */
export type Fields = Readonly<Record<string, Schema<unknown>>>;

/** A schema whose key must be there. */
export interface Required<T> extends Schema<T> {
  readonly isRequired: true;
}

/** What {@linkcode object} reads a mapping as: `ca-file` is named `caFile`. */
export type ObjectOf<F extends Fields> =
  & {
    readonly [
      K in keyof F as F[K] extends Required<unknown> ? CamelCase<K> : never
    ]: F[K] extends Schema<infer T> ? T : never;
  }
  & {
    readonly [
      K in keyof F as F[K] extends Required<unknown> ? never : CamelCase<K>
    ]?: (F[K] extends Schema<infer T> ? T : never) | undefined;
  };

/** Makes a key of {@linkcode object} one that must be there. */
export function required<T>(schema: Schema<T>): Required<T> {
  return { ...schema, isRequired: true };
}

/** Options of {@linkcode object}. */
export interface ObjectOptions extends About {
  /**
   * Whether it may have other keys, which are the user's own. A key that
   * looks like a misspelling of one that is missing is refused even then.
   *
   * @default {false}
   */
  readonly isOpen?: boolean;
}

/** A mapping of known keys. A key whose value is null counts as missing. */
export function object<F extends Fields>(
  fields: F,
  { isOpen = false, ...about }: ObjectOptions = {},
): Schema<ObjectOf<F>> {
  const names = Object.keys(fields);
  const isMissing = (value: Mapping, key: string): boolean =>
    !Object.hasOwn(value, key) || value[key] === null;
  return {
    about,
    json: () => ({
      type: ["object", "null"],
      properties: Object.fromEntries(
        names.map((name) => [name, fields[name]!.json()]),
      ),
      required: names.filter((name) => isRequired(fields[name]!)),
      additionalProperties: isOpen,
      ...about,
    }),
    read(value, path, report) {
      const read: Record<string, unknown> = {};
      const section = mapping().read(value ?? {}, path, report);
      const absent = names.filter((name) => !Object.hasOwn(section, name));
      for (const key of Object.keys(section)) {
        const field = names.includes(key) ? fields[key]! : undefined;
        if (field === undefined) {
          const near = suggest(key, isOpen ? absent : names);
          if (isOpen && near === undefined) continue;
          const list = `Known keys are ${names.join(", ")}`;
          const own = isOpen ? "A key of your own needs another name" : list;
          report({
            path: [...path, key],
            isKey: true,
            message: "is not a known key",
            hint: near === undefined ? list : `Did you mean "${near}"? ${own}`,
          });
        } else if (section[key] !== null) {
          read[camelCase(key)] = field.read(
            section[key]!,
            [...path, key],
            report,
          );
        }
      }
      for (const name of names) {
        if (!isRequired(fields[name]!) || !isMissing(section, name)) continue;
        report({
          path: [...path, name],
          isKey: false,
          message: "is missing",
          hint: `Write ${name}: here`,
        });
      }
      // Each key was read by the schema that the type is inferred from.
      return read as ObjectOf<F>;
    },
  };
}

function isRequired(field: Schema<unknown>): boolean {
  return "isRequired" in field;
}

function camelCase(key: string): string {
  return key.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

/** A mapping with keys of the user's own, as it stands. */
export function mapping(about?: About): Schema<Mapping> {
  return scalar(
    { type: "object" },
    "It must be a mapping",
    (value) => isMapping(value) ? value : undefined,
    {},
    about,
  );
}

/** A list of values of one kind. */
export function list<T>(item: Schema<T>, about: About = {}): Schema<T[]> {
  const whole = scalar<readonly Value[]>(
    { type: "array" },
    "It must be a list",
    (value) => Array.isArray(value) ? value : undefined,
    [],
  );
  return {
    about,
    json: () => ({ type: "array", items: item.json(), ...about }),
    read: (value, path, report) =>
      whole.read(value, path, report).map((one, index) =>
        item.read(one, [...path, index], report)
      ),
  };
}

/** A mapping of names of the user's own to values of one kind. */
export function record<T>(
  item: Schema<T>,
  about: About = {},
): Schema<Record<string, T>> {
  return {
    about,
    json: () => ({
      type: "object",
      additionalProperties: item.json(),
      ...about,
    }),
    read(value, path, report) {
      const section = mapping().read(value, path, report);
      return Object.fromEntries(
        Object.keys(section).map((key) => [
          key,
          item.read(section[key]!, [...path, key], report),
        ]),
      );
    },
  };
}

/** `true`, `false`, or what another schema reads. */
export function booleanOr<T>(
  other: Schema<T>,
  about: About = {},
): Schema<boolean | T> {
  return {
    about,
    json: () => ({ anyOf: [{ type: "boolean" }, other.json()], ...about }),
    read: (value, path, report) =>
      typeof value === "boolean" ? value : other.read(value, path, report),
  };
}
