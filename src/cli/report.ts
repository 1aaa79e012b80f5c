import { CicdStateError, type ErrorCode, type ErrorPlace } from "../errors.ts";
import { asSentence, toOneLine } from "../util/log.ts";

/** The exit status of each kind of failure. */
const EXIT_STATUS: Readonly<Record<ErrorCode, number>> = {
  USAGE: 2,
  CONFIG: 1,
  INPUT: 1,
  PATH: 1,
  STORE: 1,
  PERMISSION: 1,
  NOT_FOUND: 3,
  CONFLICT: 4,
  TIMEOUT: 5,
  DELIVERY: 6,
  TEMPLATE: 7,
  // The status of SIGINT. main() knows which signal it really was.
  INTERRUPTED: 130,
  INVALID: 8,
};

/**
 * Reports whether a command line, which may be invalid, asks for errors as JSON.
 *
 * @param argv The arguments after the program's name.
 */
export function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  const words = argv.slice(0, end < 0 ? undefined : end);
  const format = valueOf("--log-format", words) ?? valueOf("--output", words);
  return format === "json";
}

function valueOf(flag: string, words: readonly string[]): string | undefined {
  const index = words.findIndex((word) =>
    word === flag || word.startsWith(`${flag}=`)
  );
  return words[index] === flag
    ? words[index + 1]
    : words[index]?.slice(flag.length + 1);
}

/** A failure as the command line shows it. */
export interface Report {
  /** The text for stderr, with a newline at its end. */
  readonly text: string;
  /** The exit status. */
  readonly status: number;
}

/** How a failure is reported. */
export interface ReportOptions {
  /** Whether to add the stack trace. */
  readonly debug: boolean;
  /** Whether to write a JSON object. */
  readonly json: boolean;
  /** Hides secrets. */
  readonly mask: (text: string) => string;
}

/**
 * Formats a failure for stderr and chooses the exit status.
 *
 * @param error What was thrown.
 * @param options How to report it.
 * @returns The report.
 */
export function reportFailure(
  error: unknown,
  { debug, json, mask }: ReportOptions,
): Report {
  const known = error instanceof CicdStateError ? error : explain(error);
  const message = mask(known.message);
  const hint = known.hint === undefined ? undefined : mask(known.hint);
  const text = json
    ? JSON.stringify({
      code: known.code,
      message,
      hint,
      ...placeOf(known, mask),
    })
    : `cicdstatemgr: ${
      toOneLine(`${asSentence(message)} ${asSentence(hint ?? "")}`.trim())
    }`;
  const stack = debug ? `${mask(stackOf(error))}\n` : "";
  // A program that cannot be run has the exit status that shells give it.
  const status = "exitStatus" in known && typeof known.exitStatus === "number"
    ? known.exitStatus
    : EXIT_STATUS[known.code];
  return { text: `${text}\n${stack}`, status };
}

/** Returns where a failure is: each part from the first error that has it. */
function placeOf(error: CicdStateError, mask: ReportOptions["mask"]) {
  const places: ErrorPlace[] = [];
  let next: unknown = error;
  while (next instanceof Error) {
    if (next instanceof CicdStateError) places.push(next.place ?? {});
    next = next.cause;
  }
  const path = places.find(({ path }) => path !== undefined)?.path;
  const file = places.find(({ file }) => file !== undefined)?.file;
  const at = places.find(({ line }) => line !== undefined);
  return {
    path: path && mask(path),
    file: file && mask(file),
    position: at && { line: at.line, column: at.column },
  };
}

/** Wraps an error that the program did not expect. */
function explain(error: unknown): CicdStateError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Deno.errors.NotCapable) {
    const flag = /--allow-[a-z]+/.exec(message)?.[0] ?? "--allow-all";
    const what = message.replace(/, run again with.*/, "");
    return new CicdStateError("PERMISSION", `Deno refused: ${what}`, {
      hint: `Run deno with ${flag}`,
    });
  }
  const name = error instanceof Error ? error.name : "error";
  return new CicdStateError("STORE", `Unexpected ${name}: ${message}`, {
    hint: "Add --log-level DEBUG to see where; please report it",
  });
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined
    ? ""
    : `\ncaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
