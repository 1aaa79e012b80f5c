import { CicdStateError } from "../errors.ts";
import { pathText, type Problem } from "../schema/schema.ts";
import { locateProblem, SourceError } from "./source_error.ts";
import type { Source } from "./types.ts";

/** Something that is wrong with a file. */
export interface Finding {
  readonly severity: "error" | "warning";
  /** The file, as it was named. */
  readonly file: string | undefined;
  /** The line and the column, from 1. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** The path in the file. */
  readonly path: string | undefined;
  /** What is wrong. It names the path. */
  readonly message: string;
  /** How to fix it. */
  readonly hint: string | undefined;
}

/** How problems are added. */
export interface AddOptions {
  /** Where in a string the problem is, from 1. */
  readonly within?: { readonly line: number; readonly column: number };
  /**
   * Whether the file can be used nevertheless.
   *
   * @default {false}
   */
  readonly isWarning?: boolean;
}

/** How many findings are kept. A file can repeat a mistake without end. */
const MAX_FINDINGS = 1000;

/** Everything that is wrong with some files, each of it once. */
export class Findings {
  readonly #byPlace = new Map<string, Finding>();

  /** The findings, by file and line. */
  list(): Finding[] {
    return [...this.#byPlace.values()].sort(inOrder);
  }

  /** Reports whether a file cannot be used. */
  get hasErrors(): boolean {
    return this.list().some(({ severity }) => severity === "error");
  }

  /**
   * Runs a check, and adds what it throws.
   *
   * @param check The check.
   * @param matters Which of its problems are added. Default: all.
   * @returns Whether nothing was wrong.
   */
  async collect(
    check: () => Promise<unknown>,
    matters: (problem: Problem) => boolean = () => true,
  ): Promise<boolean> {
    try {
      await check();
      return true;
    } catch (error) {
      if (error instanceof SourceError) {
        this.add(error.problems.filter(matters), error.sources);
      } else this.addError(error);
      return false;
    }
  }

  /** Adds problems of merged sources. */
  add(
    problems: readonly Problem[],
    sources: readonly Source[],
    { within, isWarning = false }: AddOptions = {},
  ): void {
    for (const problem of problems) {
      if (this.#byPlace.size >= MAX_FINDINGS) return;
      const { source, position } = locateProblem(problem, sources);
      const { path, found, hint } = problem;
      const wrong = found !== undefined && !source.isSecret
        ? `is ${found}`
        : problem.message;
      const at = path.length === 0 ? "It" : `"${pathText(path)}"`;
      const { line, column } = position === undefined || within === undefined
        ? position ?? {}
        : placeInside(source.text ?? "", position, within);
      this.#keep({
        severity: isWarning ? "warning" : "error",
        file: source.name,
        line,
        column,
        path: path.length === 0 ? undefined : pathText(path),
        message: `${at} ${wrong}`,
        hint: hint || undefined,
      });
    }
  }

  /**
   * Adds a failure.
   *
   * @param error The failure. Anything but a `CicdStateError` is thrown again.
   * @param file The file, if the error does not say it.
   */
  addError(error: unknown, file?: string): void {
    if (!(error instanceof CicdStateError)) throw error;
    const { message, hint, place = {} } = error;
    this.#keep({
      severity: "error",
      file: place.file ?? file,
      line: place.line,
      column: place.column,
      path: place.path,
      message,
      hint,
    });
  }

  #keep(finding: Finding): void {
    const { file, line, column, path, message } = finding;
    // An alias repeats a place under other paths.
    const what = path === undefined ? message : message.replace(path, "");
    const key = JSON.stringify([file, line, column, what]);
    if (!this.#byPlace.has(key)) this.#byPlace.set(key, finding);
  }
}

function inOrder(left: Finding, right: Finding): number {
  const [one, two] = [left.file ?? "", right.file ?? ""];
  if (one !== two) return one < two ? -1 : 1;
  return (left.line ?? 0) - (right.line ?? 0) ||
    (left.column ?? 0) - (right.column ?? 0);
}

/**
 * The end of a line that begins a block, from its key or its value on. The time
 * that it takes grows with the square of the length.
 */
const BLOCK_REGEXP =
  /^(?:[^"'#]*[:-] +)?(?:[&!]\S+ +)*([|>])[-+\d]*\s*(?:#.*)?$/;
const MAX_BLOCK_LINE = 1000;

/**
 * Finds a place inside a string of a YAML file: exactly in a block after `|` and
 * in a string on one line, and otherwise where the string begins.
 */
function placeInside(
  text: string,
  start: { readonly line: number; readonly column: number },
  within: { readonly line: number; readonly column: number },
): { line: number; column: number } {
  const lines = text.split(/\r?\n/, start.line + within.line);
  const first = lines[start.line - 1]?.slice(start.column - 1) ?? "";
  const [, block] = first.length > MAX_BLOCK_LINE
    ? []
    : BLOCK_REGEXP.exec(first) ?? [];
  if (block === "|") {
    const line = start.line + within.line;
    const indent = /^ */.exec(lines[start.line] ?? "")![0].length;
    return { line, column: indent + within.column };
  }
  if (block === ">" || within.line > 1) {
    return { line: start.line, column: start.column };
  }
  const quote = /^['"]/.test(first) ? 1 : 0;
  return { line: start.line, column: start.column + quote + within.column - 1 };
}
