import { suggest } from "../util/messages.ts";
import { isMapping, type Mapping, type Value } from "../values.ts";
import { scalar } from "./schema.ts";
import type {
  About,
  Fields,
  JsonSchema,
  ObjectOf,
  ObjectOptions,
  Path,
  Presence,
  Report,
  Required,
  Schema,
} from "./types.ts";

export type { Fields, ObjectOf, ObjectOptions, Required } from "./types.ts";

/** Requires a key of {@linkcode object} to have a value. */
export function required<T>(schema: Schema<T>): Required<T> {
  return { ...schema, presence: "required" };
}

/** Requires a key of {@linkcode object} to be present. Its value may be null. */
export function present<T>(schema: Schema<T>): Required<T | undefined> {
  return { ...schema, presence: "present" };
}

/** Describes a mapping of known keys. A key whose value is null counts as missing. */
export function object<F extends Fields>(
  fields: F,
  { isOpen = false, ...about }: ObjectOptions = {},
): Schema<ObjectOf<F>> {
  const names = Object.keys(fields);
  return {
    about,
    json(isPartial = false) {
      const presence = (name: string) => presenceOf(fields[name]!);
      const properties = names.map((name) => {
        const json = fields[name]!.json(isPartial);
        return [name, presence(name) === "required" ? json : orNull(json)];
      });
      const needed = names.filter((name) => presence(name) !== undefined);
      return {
        type: "object",
        properties: Object.fromEntries(properties),
        ...isPartial || needed.length === 0 ? {} : { required: needed },
        additionalProperties: isOpen,
        ...about,
      };
    },
    read(value, path, report) {
      const read: Record<string, unknown> = {};
      const section = mapping().read(value, path, report);
      if (isMapping(value)) {
        checkKeys(section, fields, { path, isOpen, report });
      }
      for (const name of names) {
        if (!Object.hasOwn(section, name)) continue;
        const own = section[name]!;
        if (own !== null) {
          const at = [...path, name];
          read[camelCase(name)] = fields[name]!.read(own, at, report);
        } else if (presenceOf(fields[name]!) === "present") {
          read[camelCase(name)] = undefined;
        }
      }
      // Each key was read by the schema that the type is inferred from.
      return read as ObjectOf<F>;
    },
  };
}

/** Where the keys of a mapping are checked. */
interface KeyCheck {
  readonly path: Path;
  readonly isOpen: boolean;
  readonly report: Report;
}

/** Reports unknown keys and missing keys. */
function checkKeys(section: Mapping, fields: Fields, check: KeyCheck): void {
  const { path, isOpen, report } = check;
  const names = Object.keys(fields);
  const meant = new Set<string>();
  for (const key of Object.keys(section)) {
    if (names.includes(key)) continue;
    const near = isOpen ? misspelt(key, section, fields) : suggest(key, names);
    if (isOpen && near === undefined) continue;
    if (near !== undefined) meant.add(near);
    const others = isOpen
      ? "A key of your own needs another name"
      : `Known keys: ${names.join(", ")}`;
    report({
      path: [...path, key],
      isKey: true,
      message: "is not a known key",
      hint: near === undefined ? others : `Did you mean "${near}"? ${others}`,
    });
  }
  for (const name of names) {
    const presence = presenceOf(fields[name]!);
    const isThere = Object.hasOwn(section, name) &&
      (presence === "present" || section[name] !== null);
    if (presence === undefined || isThere || meant.has(name)) continue;
    report({
      path: [...path, name],
      message: "is missing",
      hint: `Write ${name}: here`,
    });
  }
}

/** Returns the missing key that an unknown key is most likely a misspelling of. */
function misspelt(
  key: string,
  section: Mapping,
  fields: Fields,
): string | undefined {
  // Too many of the user's own keys are close to a key of two letters.
  const missing = Object.keys(fields).filter((name) =>
    name.length > 2 && !Object.hasOwn(section, name)
  );
  const near = suggest(key, missing);
  if (near === undefined) return undefined;
  let fits = true;
  fields[near]!.read(section[key]!, [], ({ path }) => {
    if (path.length === 0) fits = false;
  });
  return fits ? near : undefined;
}

function presenceOf(field: Schema<unknown>): Presence | undefined {
  return "presence" in field
    ? (field as Required<unknown>).presence
    : undefined;
}

function orNull(json: JsonSchema): JsonSchema {
  const { type, enum: choices, anyOf } = json;
  if (choices !== undefined) return { ...json, enum: [...choices, null] };
  if (anyOf !== undefined) {
    return { ...json, anyOf: [...anyOf, { type: "null" }] };
  }
  return type === undefined ? json : { ...json, type: [type, "null"].flat() };
}

function camelCase(key: string): string {
  return key.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

/** Describes a mapping that is read as it is. */
export function mapping(about?: About): Schema<Mapping> {
  return scalar<Mapping>({
    json: { type: "object" },
    wanted: "It must be a mapping",
    convert: (value) => isMapping(value) ? value : undefined,
    fallback: {},
    ...about,
  });
}

const LIST = scalar<readonly Value[]>({
  json: {},
  wanted: "It must be a list",
  convert: (value) => Array.isArray(value) ? value : undefined,
  fallback: [],
});

/** Describes a list of values of one kind. */
export function list<T>(item: Schema<T>, about: About = {}): Schema<T[]> {
  return {
    about,
    // Lists replace each other when files are merged, so items are never partial.
    json: () => ({ type: "array", items: item.json(), ...about }),
    read: (value, path, report) =>
      LIST.read(value, path, report).map((one, index) =>
        item.read(one, [...path, index], report)
      ),
  };
}

/** Describes a mapping from names that the user chooses to values of one kind. */
export function record<T>(
  item: Schema<T>,
  about: About = {},
): Schema<Map<string, T>> {
  return {
    about,
    json: (isPartial) => ({
      type: "object",
      additionalProperties: item.json(isPartial),
      ...about,
    }),
    read(value, path, report) {
      const section = mapping().read(value, path, report);
      return new Map(
        Object.keys(section).map((key) => [
          key,
          item.read(section[key]!, [...path, key], report),
        ]),
      );
    },
  };
}

/** Describes null, or what another schema reads. */
export function nullable<T>(schema: Schema<T>): Schema<T | undefined> {
  return {
    about: schema.about,
    json: (isPartial) => orNull(schema.json(isPartial)),
    read: (value, path, report) =>
      value === null ? undefined : schema.read(value, path, report),
  };
}

/**
 * Describes what another schema reads, and reads each list and mapping once. What
 * YAML aliases repeat is neither read nor reported again. Create one for each file.
 */
export function once<T>(schema: Schema<T>): Schema<T> {
  const known = new Map<Value, { readonly read: T }>();
  return {
    ...schema,
    read(value, path, report) {
      const before = known.get(value);
      if (before !== undefined) return before.read;
      const read = schema.read(value, path, report);
      if (typeof value === "object") known.set(value, { read });
      return read;
    },
  };
}

/** Describes `true`, `false`, or what another schema reads. */
export function booleanOr<T>(
  other: Schema<T>,
  about: About = {},
): Schema<boolean | T> {
  return {
    about,
    json: (isPartial) => ({
      anyOf: [{ type: "boolean" }, other.json(isPartial)],
      ...about,
    }),
    read: (value, path, report) =>
      typeof value === "boolean" ? value : other.read(value, path, report),
  };
}
