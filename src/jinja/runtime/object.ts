import type { Runtime } from "./runtime.ts";
/** Arguments by name. */
export type Keywords = ReadonlyMap<string, unknown>;

/** A value that only templates have. Its members are reached by {@linkcode TemplateObject.attribute} alone. */
export abstract class TemplateObject {
  /** Python's name of its type. */
  abstract readonly typeName: string;

  /** Looks an attribute up; `undefined` if there is none. */
  attribute(_name: string): unknown {
    return undefined;
  }

  /** Prints it as `repr()` does. */
  repr(_print: (value: unknown) => string): string {
    return `<${this.typeName} object>`;
  }

  /** Tells whether it counts as true. */
  isTrue(): boolean {
    return true;
  }

  /** How many items it has; `undefined` if it has no length. */
  get length(): number | undefined {
    return undefined;
  }

  /** Its items; `undefined` if it cannot be iterated. */
  iterate(): Iterator<unknown> | undefined {
    return undefined;
  }
}

/** Something that templates can call. */
export abstract class Callable extends TemplateObject {
  /** Calls it. */
  abstract call(
    runtime: Runtime,
    positional: readonly unknown[],
    keywords: Keywords | undefined,
  ): unknown;
}
