import type { Budget } from "./budget.ts";
import type { Runtime } from "./runtime.ts";

/** Arguments by name. */
export type Keywords = ReadonlyMap<string, unknown>;

/**
 * A value that exists only inside templates. A template reaches what
 * {@linkcode TemplateObject.attribute} returns and no JavaScript property.
 */
export abstract class TemplateObject {
  /** Python's name of its type, as `type(value).__name__`. */
  abstract readonly typeName: string;

  /** The module of its type in Python; `undefined` for a built-in type. */
  readonly typeModule: string | undefined;

  /** Returns an attribute; `undefined` if there is none of that name. */
  attribute(_name: string): unknown {
    return undefined;
  }

  /**
   * Returns what Python's `repr()` returns.
   *
   * @param _print Returns the `repr()` of a part.
   */
  repr(_print: (value: unknown) => string): string {
    return `<${qualifiedTypeName(this)} object>`;
  }

  /** Returns what Python's `str()` returns; `undefined`: what `repr()` returns. */
  print(): string | undefined {
    return undefined;
  }

  /** Reports whether the value is true in a condition. */
  isTrue(): boolean {
    return true;
  }

  /**
   * Reports whether it equals another value.
   *
   * @param _other A value that is not the same object.
   * @param _isEqual Compares parts.
   */
  equals(
    _other: unknown,
    _isEqual: (left: unknown, right: unknown) => boolean,
  ): boolean {
    return false;
  }

  /**
   * Returns its key in a `Map`, which equal values share.
   *
   * @throws {TemplateFailure} If it is not hashable.
   */
  hash(_budget: Budget): unknown {
    return this;
  }

  /** How many items it has; `undefined` if it has no length. */
  get length(): number | undefined {
    return undefined;
  }

  /** Returns an iterator over its items; `undefined` if it has none. */
  iterate(): Iterator<unknown> | undefined {
    return undefined;
  }
}

/** Returns the name of an object's type with its module: `jinja2.utils.Cycler`. */
export function qualifiedTypeName(object: TemplateObject): string {
  const { typeModule, typeName } = object;
  return typeModule === undefined ? typeName : `${typeModule}.${typeName}`;
}

/** A value that templates can call. */
export abstract class Callable extends TemplateObject {
  /** Calls it. */
  abstract call(
    runtime: Runtime,
    positional: readonly unknown[],
    keywords: Keywords | undefined,
  ): unknown;
}
