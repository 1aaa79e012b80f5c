import { TemplateFailure } from "../error.ts";
import type { Runtime } from "./runtime.ts";
import { TemplateObject } from "./object.ts";
/** What a missing name, attribute or item is. */
export class Undefined extends TemplateObject {
  readonly typeName: string = "Undefined";
  readonly #message: string;

  constructor(message: string) {
    super();
    this.#message = message;
  }

  /** Makes the error that using it gives. */
  fail(): never {
    throw new TemplateFailure(
      this.#message,
      "Give it a value, or test it with `is defined` first",
    );
  }

  /** Prints it as `str()` does. */
  print(): string {
    return "";
  }

  override attribute(_name: string): never {
    this.fail();
  }

  override repr(): string {
    return "Undefined";
  }

  override isTrue(): boolean {
    return false;
  }

  override get length(): number {
    return 0;
  }

  override iterate(): Iterator<unknown> {
    return [].values();
  }
}

/** What a missing name is when undefined variables are errors. */
class StrictUndefined extends Undefined {
  override print(): never {
    this.fail();
  }

  override repr(): never {
    this.fail();
  }

  override isTrue(): never {
    this.fail();
  }

  override get length(): never {
    return this.fail();
  }

  override iterate(): never {
    this.fail();
  }
}

/** Makes what a missing name, attribute or item is. */
export function makeUndefined(runtime: Runtime, message: string): Undefined {
  return runtime.isStrict
    ? new StrictUndefined(message)
    : new Undefined(message);
}
