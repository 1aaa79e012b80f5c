import { CicdStateError } from "../errors.ts";
import type { TemplateLimits } from "../jinja/mod.ts";
import type { Logger } from "../util/log.ts";
import { isFalsy, type Mapping, type Value } from "../values.ts";

/** Renders the templates of a document. Failures are logged, or thrown. */
export interface Renderer {
  /**
   * Renders a template.
   *
   * @param source The template.
   * @param context The variables that it sees.
   * @returns The output; if it fails, `<jinja2 parse error> ` and its source.
   */
  render(source: string, context: Mapping): Promise<string>;
  /**
   * Renders a template that may fail, such as an `if`.
   *
   * @param source The template.
   * @param context The variables that it sees.
   * @returns The output; if it fails, the empty string.
   */
  renderOptional(source: string, context: Mapping): Promise<string>;
  /**
   * Reports whether an `if` lets its config run.
   *
   * @param condition The `if`; a config without one runs.
   * @param context The variables that it sees.
   * @returns Whether its output is neither blank nor falsy.
   */
  allows(condition: Value | undefined, context: Mapping): Promise<boolean>;
}

/** Options of {@linkcode createRenderer}. */
export interface RendererOptions {
  /**
   * Whether a template that fails returns an error text, or throws.
   *
   * @default {"text"}
   */
  readonly onError?: "text" | "fail" | undefined;
  /** The limits of rendering one template. Default: those of the engine. */
  readonly limits?: TemplateLimits | undefined;
}

/**
 * Creates the renderer of one document.
 *
 * @param macros The source of the macros, which stands in front of every template.
 * @param log Where failures are reported.
 * @param options What happens when a template fails.
 * @returns The renderer.
 */
export function createRenderer(
  macros: string,
  log: Logger,
  { onError = "text", limits }: RendererOptions = {},
): Renderer {
  const front: Front = { macros, outline: outlineOf(macros), limits };
  async function renderOptional(
    source: string,
    context: Mapping,
  ): Promise<string> {
    try {
      return await renderSource(source, context, front);
    } catch (error) {
      if (onError === "fail") throw error;
      log.warn(`A template failed and counts as blank: ${describe(error)}`);
      return "";
    }
  }
  return {
    async render(source, context) {
      try {
        return await renderSource(source, context, front);
      } catch (error) {
        if (onError === "fail") throw error;
        log.error(describe(error));
        return `<jinja2 parse error> ${source}`;
      }
    },
    renderOptional,
    async allows(condition, context) {
      if (condition === undefined) return true;
      if (typeof condition !== "string") return !isFalsy(condition);
      return (await renderOptional(condition, context)).trim() !== "";
    },
  };
}

/** What stands in front of every template. */
interface Front {
  /** Its source. */
  readonly macros: string;
  /** Describes it if it contains nothing but macros. */
  readonly outline: MacroOutline | undefined;
  /** The limits of what is rendered behind it. */
  readonly limits: TemplateLimits | undefined;
}

/** How macros change the template behind them. */
interface MacroOutline {
  /** The macros' names. */
  readonly names: readonly string[];
  /** Whether they strip the white space that a template starts with. */
  readonly strips: boolean;
}

async function renderSource(
  source: string,
  context: Mapping,
  front: Front,
): Promise<string> {
  const plain = plainText(source, front);
  if (plain !== undefined) return plain;
  const { renderTemplate } = await import("./render.ts");
  // Macros take longer to compile than most templates.
  const macros = needsMacros(source, front) ? front.macros : "";
  return renderTemplate(source, context, {
    macros,
    limits: front.limits ?? {},
  });
}

/**
 * Renders a source without tags. Loading the template engine for it would take
 * longer than the rest of a `--get`.
 */
function plainText(source: string, { outline }: Front): string | undefined {
  if (outline === undefined || /\{[{%#]/.test(source)) return undefined;
  if (UNLIKE_SPACE_REGEXP.test(source)) return undefined;
  const text = source.replaceAll(/\r\n?/g, "\n").replace(/\n$/, "");
  return outline.strips ? text.trimStart() : text;
}

/** Reports whether a template would render to something else without its macros. */
function needsMacros(source: string, { outline }: Front): boolean {
  if (outline === undefined || UNLIKE_SPACE_REGEXP.test(source)) return true;
  return outline.names.some((name) => source.includes(name)) ||
    (outline.strips && /^\s/.test(source));
}

/** The characters that are white space in JavaScript or in Python, but not in both. */
const UNLIKE_SPACE_CLASS = "[\\x1c-\\x1f\\x85\\ufeff]";
const UNLIKE_SPACE_REGEXP = new RegExp(UNLIKE_SPACE_CLASS);
const MACRO_START_REGEXP =
  /\{%[-+]?\s*macro\s+([^\s(]+)(?:(?!%\}|\{%)[^])*%\}/y;
const MACRO_END_REGEXP = /\{%[-+]?\s*endmacro\s*([-+]?)%\}/g;

/** Outlines macros; `undefined` if the source has more than macros, or is malformed. */
function outlineOf(macros: string): MacroOutline | undefined {
  if (UNLIKE_SPACE_REGEXP.test(macros)) return undefined;
  const names: string[] = [];
  let control = "";
  let at = 0;
  while (at < macros.length) {
    MACRO_START_REGEXP.lastIndex = at;
    const start = MACRO_START_REGEXP.exec(macros);
    if (start === null) return undefined;
    names.push(start[1]!);
    MACRO_END_REGEXP.lastIndex = MACRO_START_REGEXP.lastIndex;
    const end = MACRO_END_REGEXP.exec(macros);
    if (end === null) return undefined;
    const body = macros.slice(MACRO_START_REGEXP.lastIndex, end.index);
    if (/\{#|\{%[-+]?\s*(?:macro|raw|block)\b/.test(body)) return undefined;
    // The end tag is inside a string.
    if (body.lastIndexOf("{{") > body.lastIndexOf("}}")) return undefined;
    control = end[1]!;
    at = MACRO_END_REGEXP.lastIndex;
    if (control === "-") {
      while (/\s/.test(macros[at] ?? "")) at++;
    }
  }
  return { names, strips: control === "-" };
}

/** Describes a failure in full: a message that is cut before secrets are masked could show parts of them. */
function describe(error: unknown): string {
  if (!(error instanceof CicdStateError)) throw error;
  return error.hint === undefined
    ? error.message
    : `${error.message}. ${error.hint}`;
}
