import type { Value } from "../values.ts";

/** The keys and list indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a value. */
export interface Problem {
  /** Where it is. */
  readonly path: Path;
  /**
   * Whether the key is wrong, rather than its value.
   *
   * @default {false}
   */
  readonly isKey?: boolean;
  /** What is wrong, without the value: `is a list`, `is missing`. */
  readonly message: string;
  /** The value as a message may show it, if its file holds no secrets. */
  readonly found?: string | undefined;
  /** How to fix it. */
  readonly hint: string;
}

/** Receives a problem. */
export type Report = (problem: Problem) => void;

/** A JSON Schema, as editors read it. */
export interface JsonSchema {
  /** The types that a value may have. */
  readonly type?: string | readonly string[];
  /** The allowed values. */
  readonly enum?: readonly unknown[];
  /** The least value of a number. */
  readonly minimum?: number;
  /** The greatest value of a number. */
  readonly maximum?: number;
  /** The keys of a mapping. */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  /** The keys that a mapping must have. */
  readonly required?: readonly string[];
  /** The values of all other keys of a mapping. */
  readonly additionalProperties?: boolean | JsonSchema;
  /** The items of a list. */
  readonly items?: JsonSchema;
  /** Alternatives: a value must match one of them. */
  readonly anyOf?: readonly JsonSchema[];
  /** What the value means. */
  readonly description?: string;
  /** What applies if the value is missing. */
  readonly default?: unknown;
  /** Examples of valid values. */
  readonly examples?: readonly unknown[];
  /** Any other keyword. */
  readonly [keyword: string]: unknown;
}

/** What an editor and the reference page show of a schema. */
export interface About {
  /** What the value means, in one or two sentences. */
  readonly description?: string;
  /** What applies if the value is missing, as it would be written. */
  readonly default?: string | number | boolean;
}

/** Describes a value of a config: how it is checked, typed and documented. */
export interface Schema<T> {
  /**
   * Reads a value.
   *
   * @param value The value.
   * @param path Where it stands.
   * @param report Receives each problem.
   * @returns What the program works with; unspecified after a problem.
   */
  read(value: Value, path: Path, report: Report): T;
  /**
   * Returns the schema that editors use.
   *
   * @param isPartial Whether keys may be missing, because another file that
   * is merged with this one has them.
   */
  json(isPartial?: boolean): JsonSchema;
  /** What the value means. */
  readonly about: About;
}

/** What a schema reads a value as. */
export type Infer<S> = S extends Schema<infer T> ? T : never;

/** The outcome of {@linkcode readValue}. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** How {@linkcode scalar} reads a value. */
export interface ScalarOptions<T> extends About {
  /** The schema that editors use. */
  readonly json: JsonSchema;
  /** The hint after a problem, such as `It must be true or false`. */
  readonly wanted: string | ((value: Value) => string);
  /** Returns what the program works with, or `undefined` for a wrong value. */
  readonly convert: (value: Value) => T | undefined;
  /** What is used in place of a wrong value. */
  readonly fallback: T;
  /**
   * Whether no message may show the value.
   *
   * @default {false}
   */
  readonly isSecret?: boolean;
}

/** Whether a key must have a value, or must be there and may be null. */
export type Presence = "required" | "present";

/** `ca-file` as `caFile`. */
type CamelCase<Key> = Key extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Key;

/** The keys of a mapping, each with its schema. */
export type Fields = Readonly<Record<string, Schema<unknown>>>;

/** A schema whose key must be there. */
export interface Required<T> extends Schema<T> {
  /** Whether it may be null. */
  readonly presence: Presence;
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

/** Options of {@linkcode object}. */
export interface ObjectOptions extends About {
  /**
   * Whether other keys are allowed, for the user's own purposes. A key that looks
   * like a misspelling of a missing key is an error even then.
   *
   * @default {false}
   */
  readonly isOpen?: boolean;
}

/** Options of {@linkcode string}. */
export interface StringOptions extends About {
  /**
   * Whether no message may show the value.
   *
   * @default {false}
   */
  readonly isSecret?: boolean;
  /**
   * Whether it may be empty or blank.
   *
   * @default {false}
   */
  readonly mayBeEmpty?: boolean;
}

/** Options of {@linkcode integer}. */
export interface IntegerOptions extends About {
  /** @default {0} */
  readonly min?: number;
  /** @default {Number.MAX_SAFE_INTEGER} */
  readonly max?: number;
}

/** Options of {@linkcode url}. */
export interface UrlOptions extends About {
  /**
   * Whether it may be an empty string, which means that there is no URL.
   *
   * @default {false}
   */
  readonly mayBeEmpty?: boolean;
}

/** The host and port of a server. */
export interface HostPort {
  /** Name or address. */
  readonly host: string;
  /** TCP port. */
  readonly port: number;
}
