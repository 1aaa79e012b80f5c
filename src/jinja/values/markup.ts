import type { Budget } from "../runtime/budget.ts";
import { TemplateObject } from "../runtime/object.ts";
import { hash } from "./hash.ts";

/** A string that is HTML already. */
export class Markup extends TemplateObject {
  override readonly typeName = "Markup";
  override readonly typeModule = "markupsafe";
  /** The HTML. */
  readonly text: string;

  /** Marks `text` as HTML. */
  constructor(text: string) {
    super();
    this.text = text;
  }

  override repr(print: (value: unknown) => string): string {
    return `Markup(${print(this.text)})`;
  }

  override hash(budget: Budget): unknown {
    return hash(budget, this.text);
  }

  override isTrue(): boolean {
    return this.text !== "";
  }
}

/** Marks a string as HTML if it is. */
export function htmlIf(isHtml: boolean, text: string): string | Markup {
  return isHtml ? new Markup(text) : text;
}

/** Returns the text of a string or {@linkcode Markup}; `undefined` for other values. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof Markup ? value.text : undefined;
}
