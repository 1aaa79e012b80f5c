import { TemplateFailure } from "../error.ts";
import { TemplateObject } from "./object.ts";
import type { Runtime } from "./runtime.ts";

/** What to report when an undefined value is used. Few are, so it may be computed then. */
type Message = string | (() => string);

/** The value of a missing name, attribute or item. */
export class Undefined extends TemplateObject {
  override readonly typeName: string = "Undefined";
  override readonly typeModule = "jinja2.runtime";
  readonly #message: Message;

  /** Remembers what to report when the value is used. */
  constructor(message: Message) {
    super();
    this.#message = message;
  }

  /**
   * Reports that the value was used.
   *
   * @throws {TemplateFailure} Always.
   */
  fail(): never {
    throw new TemplateFailure(
      typeof this.#message === "string" ? this.#message : this.#message(),
      "Give it a value, or test it with `is defined` first",
    );
  }

  override print(): string {
    return "";
  }

  override equals(other: unknown): boolean {
    return other instanceof Undefined;
  }

  override hash(): unknown {
    return Undefined;
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

/** The same where undefined values are errors: every use fails. */
class StrictUndefined extends Undefined {
  override readonly typeName = "StrictUndefined";

  override print(): never {
    this.fail();
  }

  override equals(): never {
    this.fail();
  }

  override hash(): never {
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

/** Returns the value of a missing name, attribute or item. */
export function makeUndefined(runtime: Runtime, message: Message): Undefined {
  return runtime.isStrict
    ? new StrictUndefined(message)
    : new Undefined(message);
}
