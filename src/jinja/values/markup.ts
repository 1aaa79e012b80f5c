import { TemplateObject } from "../runtime/object.ts";
/** Text that is HTML already. */
export class Markup extends TemplateObject {
  readonly typeName = "Markup";
  /** The text. */
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  override repr(print: (value: unknown) => string): string {
    return `Markup(${print(this.text)})`;
  }

  override isTrue(): boolean {
    return this.text !== "";
  }
}

/** Notes of a text whether it is HTML already. */
export function htmlIf(isHtml: boolean, text: string): string | Markup {
  return isHtml ? new Markup(text) : text;
}

/** Takes out the text of strings and of {@linkcode Markup}. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof Markup ? value.text : undefined;
}
