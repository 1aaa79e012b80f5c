import { CicdStateError } from "../errors.ts";
import type { GivenLimits } from "../jinja/mod.ts";
import type { Logger } from "../util/log.ts";
import { isFalsy, type Mapping, type Value } from "../values.ts";

/** Renders a document's templates. A failure is either logged or thrown. */
export interface Renderer {
  /**
   * Renders a template.
   *
   * @param source The template.
   * @param context The variables that it sees.
   * @returns The output, or `<jinja2 parse error> SOURCE` if rendering fails.
   */
  render(source: string, context: Mapping): Promise<string>;
  /**
   * Renders a template whose failure counts as blank, such as an `if`.
   *
   * @param source The template.
   * @param context The variables that it sees.
   * @returns The output, or an empty string if rendering fails.
   */
  renderOptional(source: string, context: Mapping): Promise<string>;
  /**
   * Reports whether the `if` of a config allows it to run.
   *
   * @param condition The value of `if`; `undefined` allows it.
   * @param context The variables that it sees.
   * @returns Whether a string renders to more than white space, or another
   * value is truthy in Python.
   */
  allows(condition: Value | undefined, context: Mapping): Promise<boolean>;
}

/** Options of {@linkcode createRenderer}. */
export interface RendererOptions {
  /**
   * What a failure does: `text` logs it and returns a replacement, `fail` throws
   * it.
   *
   * @default {"text"}
   */
  readonly onError?: "text" | "fail" | undefined;
  /**
   * Whether an undefined variable is an error wherever it is used.
   *
   * @default {false}
   */
  readonly strict?: boolean | undefined;
  /** Limits for each rendering. Default: those of the template engine. */
  readonly limits?: GivenLimits | undefined;
}

/**
 * Creates a renderer for the templates of one document.
 *
 * @param macros The source of the macros, which every template can call.
 * @param log Receives failures that are not thrown.
 * @param options What a failure does, and the limits.
 * @returns The renderer.
 */
export function createRenderer(
  macros: string,
  log: Logger,
  { onError = "text", strict = false, limits }: RendererOptions = {},
): Renderer {
  const outline = outlineOf(macros);
  const shared: Shared = { macros, outline, strict, limits };
  async function renderOptional(
    source: string,
    context: Mapping,
  ): Promise<string> {
    try {
      return await renderSource(source, context, shared);
    } catch (error) {
      if (onError === "fail") throw error;
      log.warn(`A template failed and counts as blank: ${describe(error)}`);
      return "";
    }
  }
  return {
    async render(source, context) {
      try {
        return await renderSource(source, context, shared);
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

/** What the templates of a document share. */
interface Shared {
  /** The source of the macros. */
  readonly macros: string;
  /** The outline of the macros; `undefined` if their source has anything else. */
  readonly outline: MacroOutline | undefined;
  /** Whether undefined variables are errors. */
  readonly strict: boolean;
  /** The limits for each rendering. */
  readonly limits: GivenLimits | undefined;
}

/** How macros can affect the template that follows them. */
interface MacroOutline {
  /** The names of the macros. */
  readonly names: readonly string[];
  /** Whether the last tag strips white space from the start of the template. */
  readonly strips: boolean;
}

async function renderSource(
  source: string,
  context: Mapping,
  shared: Shared,
): Promise<string> {
  const plain = plainText(source, shared);
  if (plain !== undefined) return plain;
  const { renderLazily } = await import("./lazy_render.ts");
  // Most templates call no macros, and compile faster than the macros do.
  const macros = needsMacros(source, shared) ? shared.macros : "";
  return renderLazily(source, context, {
    macros,
    strict: shared.strict,
    limits: shared.limits ?? {},
  });
}

/**
 * Renders a source without tags; returns `undefined` for any other. Loading the
 * template engine takes longer than the rest of a `--get`.
 */
function plainText(source: string, { outline }: Shared): string | undefined {
  if (outline === undefined || /\{[{%#]/.test(source)) return undefined;
  if (UNLIKE_SPACE_REGEXP.test(source)) return undefined;
  const text = source.replaceAll(/\r\n?/g, "\n").replace(/\n$/, "");
  return outline.strips ? text.trimStart() : text;
}

/** How many characters are searched for the names of macros; more take as long as the macros. */
const MAX_SCAN = 10_000_000;

/** Reports whether the macros might change what a template renders to. */
function needsMacros(source: string, { outline }: Shared): boolean {
  if (outline === undefined || UNLIKE_SPACE_REGEXP.test(source)) return true;
  if (outline.names.length * source.length > MAX_SCAN) return true;
  return outline.names.some((name) => source.includes(name)) ||
    (outline.strips && /^\s/.test(source));
}

/** Characters that are white space in only one of JavaScript and Python. */
const UNLIKE_SPACE_CLASS = "[\\x1c-\\x1f\\x85\\ufeff]";
const UNLIKE_SPACE_REGEXP = new RegExp(UNLIKE_SPACE_CLASS);
const MACRO_START_REGEXP =
  /\{%[-+]?\s*macro\s+([^\s(]+)(?:(?!%\}|\{%)[^])*%\}/y;
const MACRO_END_REGEXP = /\{%[-+]?\s*endmacro\s*([-+]?)%\}/g;

/**
 * Finds the names of macros without parsing them. Returns `undefined` if the
 * source has anything else, or if this quick scan cannot be sure.
 */
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
    // The end tag is in a string of an expression.
    if (body.lastIndexOf("{{") > body.lastIndexOf("}}")) return undefined;
    control = end[1]!;
    at = MACRO_END_REGEXP.lastIndex;
    if (control === "-") {
      while (/\s/.test(macros[at] ?? "")) at++;
    }
  }
  return { names, strips: control === "-" };
}

/**
 * Adds what a template belongs to to the message of its error.
 *
 * @param error What was thrown.
 * @param failure What failed: `Cannot run notify`.
 * @param path The path of the template, if there is one.
 * @returns The error to throw: the same one, unless its code is `TEMPLATE`.
 */
export function addTemplateOwner(
  error: unknown,
  failure: string,
  path?: string,
): unknown {
  if (!(error instanceof CicdStateError)) return error;
  if (error.code !== "TEMPLATE") return error;
  const { code, message, hint } = error;
  // "Cannot render …" need not be said twice.
  const reason = failure.startsWith("Cannot render ")
    ? message.replace(/^Cannot render the template: /, "")
    : message;
  return new CicdStateError(code, `${failure}: ${reason}`, {
    hint,
    cause: error,
    place: path === undefined ? undefined : { path },
  });
}

// The message is not shortened: secrets are masked later, and masking could not
// find a secret that was cut.
function describe(error: unknown): string {
  if (!(error instanceof CicdStateError)) throw error;
  return error.hint === undefined
    ? error.message
    : `${error.message}. ${error.hint}`;
}
