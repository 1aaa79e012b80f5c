/** The source of a template. */
export interface Source {
  /** The template's name; `undefined` if it has none. */
  readonly name: string | undefined;
  /** The source, whose line ends are `\n`. */
  readonly text: string;
}

/** A place in a source, both numbers counted from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * A failure inside the engine. The innermost statement or expression that it
 * passes adds its place; outside the engine it becomes a
 * {@linkcode TemplateError}.
 */
export class TemplateFailure extends Error {
  /** How to fix it. */
  readonly hint: string | undefined;
  #source: Source | undefined;
  #place: Place | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = "TemplateFailure";
    this.hint = hint;
  }

  /** The source that it happened in; `undefined` until it is located. */
  get source(): Source | undefined {
    return this.#source;
  }

  /** Where it happened; `undefined` until it is located. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Records where it happened, unless something further inside did. */
  locate(source: Source, place: Place): this {
    if (this.#source === undefined) {
      this.#source = source;
      this.#place = place;
    }
    return this;
  }
}

/** A template that cannot be parsed. */
export class SyntaxFailure extends TemplateFailure {
  /** What could stand there instead; empty if it cannot be listed. */
  readonly expected: readonly string[];

  constructor(
    message: string,
    expected: readonly string[] = [],
    hint?: string,
  ) {
    super(message, hint);
    this.expected = expected;
  }
}

/** A rendering that exceeds one of its limits. */
export class LimitFailure extends TemplateFailure {}

/** Thrown when a template uses a filter, test, function or method that is not loaded yet. */
export class BuiltinsNeeded extends Error {}

/** Fails the rendering of a template. */
export function fail(message: string, hint?: string): never {
  throw new TemplateFailure(message, hint);
}

/** Fails a rendering because it exceeds a limit. */
export function failLimit(message: string, hint?: string): never {
  throw new LimitFailure(message, hint);
}

/** Describes a {@linkcode TemplateError}. */
export interface TemplateErrorDetails {
  /** What is wrong, without the place. */
  readonly reason: string;
  /** The line, counted from 1. */
  readonly line: number;
  /** The column, counted from 1 in UTF-16 code units. */
  readonly column: number;
  /** The source of that line. */
  readonly sourceLine: string;
  /** The name of the template; `undefined` if it has none. */
  readonly templateName?: string | undefined;
  /** How to fix it. */
  readonly hint?: string | undefined;
  /** The error underneath. */
  readonly cause?: unknown;
}

/**
 * A template that cannot be parsed or rendered. What the engine throws is one
 * of its subclasses.
 *
 * The main module has an unrelated class of the same name, a `CicdStateError`:
 * see {@link https://jsr.io/@cicdstatemgr/cicdstatemgr/doc/~/TemplateError}.
 *
 * @example Show where it is
 * ```ts
 * import { Environment, TemplateError } from "@cicdstatemgr/cicdstatemgr/jinja";
 * import { ok, strictEqual } from "node:assert/strict";
 *
 * try {
 *   new Environment().render("tag: {{ build.tag }}", {});
 * } catch (error) {
 *   ok(error instanceof TemplateError);
 *   strictEqual(error.reason, "'build' is undefined");
 *   strictEqual(error.line, 1);
 *   strictEqual(error.column, 9);
 *   strictEqual(error.sourceLine, "tag: {{ build.tag }}");
 * }
 * ```
 */
export abstract class TemplateError extends Error {
  /** What is wrong, without the place. */
  readonly reason: string;
  /** The line, counted from 1. */
  readonly line: number;
  /** The column, counted from 1 in UTF-16 code units. */
  readonly column: number;
  /** The source of that line. */
  readonly sourceLine: string;
  /** The name of the template; `undefined` if it has none. */
  readonly templateName: string | undefined;
  /** How to fix it, if that is known. */
  readonly hint: string | undefined;

  /**
   * Creates an error whose message names the reason and the place.
   *
   * @param details What is wrong, and where.
   */
  constructor(details: TemplateErrorDetails) {
    const { reason, line, column, sourceLine, templateName, cause } = details;
    const name = templateName === undefined ? "" : `${templateName}, `;
    super(
      `${reason} (${name}line ${line}, column ${column}${
        quoteLine(sourceLine)
      })`,
      cause === undefined ? undefined : { cause },
    );
    this.reason = reason;
    this.line = line;
    this.column = column;
    this.sourceLine = sourceLine;
    this.templateName = templateName;
    this.hint = details.hint;
  }
}

/**
 * A template that cannot be parsed.
 *
 * @example List what is expected
 * ```ts
 * import {
 *   Environment,
 *   TemplateSyntaxError,
 * } from "@cicdstatemgr/cicdstatemgr/jinja";
 * import { deepStrictEqual, ok } from "node:assert/strict";
 *
 * try {
 *   new Environment().parse("{% if a %}yes");
 * } catch (error) {
 *   ok(error instanceof TemplateSyntaxError);
 *   deepStrictEqual(error.expected, ["elif", "else", "endif"]);
 * }
 * ```
 */
export class TemplateSyntaxError extends TemplateError {
  /** The name of the class. */
  override readonly name = "TemplateSyntaxError";
  /** What could stand at the place instead; empty if it cannot be listed. */
  readonly expected: readonly string[];

  /**
   * Creates an error.
   *
   * @param details What is wrong, and where.
   * @param expected What could stand there instead.
   */
  constructor(details: TemplateErrorDetails, expected: readonly string[]) {
    super(details);
    this.expected = expected;
  }
}

/**
 * A template that fails when it is compiled or rendered.
 *
 * @example Catch an unknown filter
 * ```ts
 * import {
 *   Environment,
 *   TemplateRuntimeError,
 * } from "@cicdstatemgr/cicdstatemgr/jinja";
 * import { throws } from "node:assert/strict";
 *
 * throws(() => new Environment().compile("{{ a | b }}"), TemplateRuntimeError);
 * ```
 */
export class TemplateRuntimeError extends TemplateError {
  /** The name of the class. */
  override readonly name = "TemplateRuntimeError";
}

/**
 * A rendering that exceeds one of its limits.
 *
 * @example Bound an endless recursion
 * ```ts
 * import {
 *   Environment,
 *   TemplateLimitError,
 * } from "@cicdstatemgr/cicdstatemgr/jinja";
 * import { throws } from "node:assert/strict";
 *
 * const source = "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}";
 * throws(() => new Environment().render(source, {}), TemplateLimitError);
 * ```
 */
export class TemplateLimitError extends TemplateError {
  /** The name of the class. */
  override readonly name = "TemplateLimitError";
}

const MAX_LINE_LENGTH = 300;
const MAX_REASON_LENGTH = 1000;

/**
 * Returns a line as the end of a message, or nothing if it is blank or long. It is
 * never cut: masking could not find a secret that is there only in part.
 */
export function quoteLine(line: string): string {
  const text = line.trim();
  return text === "" || text.length > MAX_LINE_LENGTH ? "" : `: ${text}`;
}

/** Leaves out of a long reason everything from the first value that it quotes. */
function shorten(reason: string): string {
  if (reason.length <= MAX_REASON_LENGTH) return reason;
  const end = reason.slice(0, MAX_REASON_LENGTH).search(/['":]/);
  const kept = reason.slice(0, Math.max(end, 0)).trimEnd();
  return `${kept} … (${reason.length - kept.length} characters left out)`;
}

/** Converts what the engine caught to the error that its caller sees. */
export function toTemplateError(
  error: unknown,
  fallback: Source,
): TemplateError {
  if (error instanceof TemplateError) return error;
  const failure = asFailure(error);
  const { name, text } = failure.source ?? fallback;
  const { line, column } = failure.place ?? { line: 1, column: 1 };
  const details: TemplateErrorDetails = {
    reason: shorten(failure.message),
    line,
    column,
    sourceLine: text.split("\n")[line - 1] ?? "",
    templateName: name,
    hint: failure.hint,
    cause: failure === error ? undefined : error,
  };
  if (failure instanceof SyntaxFailure) {
    return new TemplateSyntaxError(details, failure.expected);
  }
  return failure instanceof LimitFailure
    ? new TemplateLimitError(details)
    : new TemplateRuntimeError(details);
}

function asFailure(error: unknown): TemplateFailure {
  if (error instanceof TemplateFailure) return error;
  // The stack overflows, or a string is too long for JavaScript.
  if (error instanceof RangeError) {
    return new LimitFailure(
      "it is too large or nested too deeply",
      "Split it, or loop over less",
    );
  }
  return new TemplateFailure(
    error instanceof Error ? error.message : String(error),
  );
}
