import type { Change, Operation } from "../../document/change.ts";
import { parseItemPath } from "../../document/path.ts";
import { CicdStateError } from "../../errors.ts";
import type { Delivery } from "../../events/types.ts";
import { parseJson } from "../../formats/json.ts";
import type { Logger } from "../../util/log.ts";
import type { Value } from "../../values.ts";
import { EVENT_FLAG, OUTPUT } from "./command.ts";
import type { FlagTable } from "./types.ts";

/** A path and the text of its value, as written. */
export interface Assignment {
  readonly path: string;
  readonly text: string;
}

/**
 * Splits `PATH=VALUE` at its first `=`. Nothing is trimmed.
 *
 * @param text The text.
 * @returns The parts, or `undefined` if it has no `=` or nothing before it.
 */
export function splitAssignment(text: string): Assignment | undefined {
  const equals = text.indexOf("=");
  if (text.slice(0, Math.max(equals, 0)).trim() === "") return undefined;
  return { path: text.slice(0, equals), text: text.slice(equals + 1) };
}

/**
 * Parses `PATH=VALUE`. The value is a string, exactly as it is written.
 *
 * @param text The text.
 * @returns The operation that sets it.
 * @throws {CicdStateError} `PATH`, if the path is invalid.
 */
function parseStringAssignment(text: string): Operation | undefined {
  const assignment = splitAssignment(text);
  if (assignment === undefined) return undefined;
  return setAt(assignment.path, assignment.text);
}

/**
 * Parses `PATH=JSON`.
 *
 * @param text The text.
 * @returns The operation that sets it.
 * @throws {CicdStateError} `PATH`, if the path is invalid; `INVALID`, if the value is not JSON.
 */
function parseJsonAssignment(text: string): Operation | undefined {
  const assignment = splitAssignment(text);
  if (assignment === undefined) return undefined;
  const { path, text: json } = assignment;
  return setAt(path, parseJsonValue(json, path));
}

/**
 * Parses the JSON of a value.
 *
 * @param json The text.
 * @param path Where it is to be set, for the message.
 * @param action What is to be done. Default: `set`.
 * @returns The value.
 * @throws {CicdStateError} `INVALID`.
 */
export function parseJsonValue(
  json: string,
  path: string,
  action = "set",
): Value {
  try {
    return parseJson(json);
  } catch (error) {
    throw invalidValue(
      path,
      error,
      'Write JSON: "text", 1, true, [1] or {"a": 1}',
      action,
    );
  }
}

/**
 * Returns the error for a value that cannot be parsed.
 *
 * @param path Where it was to be set.
 * @param cause What the parser threw. Anything but a `CicdStateError` is thrown again.
 * @param hint How to write it.
 * @param action What was to be done. Default: `set`.
 * @returns The error.
 */
export function invalidValue(
  path: string,
  cause: unknown,
  hint: string,
  action = "set",
): CicdStateError {
  if (!(cause instanceof CicdStateError)) throw cause;
  const reason = cause.message.replace(
    /^Cannot parse (\w+) at /,
    "invalid $1 at ",
  );
  return new CicdStateError(
    "INVALID",
    `Cannot ${action} "${path}": ${reason}`,
    { hint, cause, place: { path } },
  );
}

/** Returns the operation that sets a value. */
export function setAt(path: string, value: Value): Operation {
  return { op: "set", path: parseItemPath(path), value };
}

/** How an event is run. */
export const EVENT = {
  ifPresent: {
    type: "switch",
    help: "Run no handler if the pipeline does not have the event. Values " +
      "of --set are still stored.",
  },
  dryRun: {
    type: "switch",
    help: "Print what the event would send and what would be set; send and " +
      "store nothing.",
  },
  showUrls: {
    type: "switch",
    needs: "dryRun",
    help:
      "Print whole addresses, with the secrets that are in them. Otherwise " +
      "only the server is printed.",
  },
} as const satisfies FlagTable;

/**
 * Returns the hook that logs what was sent and what came back. A failed delivery
 * is a warning or an error already.
 *
 * @param log Receives a line for each request that was delivered.
 * @returns The hook.
 */
export function logDelivery(log: Logger): (delivery: Delivery) => void {
  return ({ handler, url, delivered, status, attempts, durationMs }) => {
    if (!delivered) return;
    const tries = attempts === 1 ? "" : ` at attempt ${attempts}`;
    log.info(
      `Sent ${handler} to ${url}: status ${status} in ${durationMs} ms${tries}.`,
    );
  };
}

/** How a command that prints nothing else prints what an event would do. */
export const DRY_RUN_OUTPUT = {
  output: { ...OUTPUT.output, help: "How to print what --dry-run prints." },
} as const satisfies FlagTable;

/** Flags of commands that can run an event. */
export const RUN_EVENT = {
  event: EVENT_FLAG,
  ifPresent: { ...EVENT.ifPresent, needs: "event" },
  dryRun: { ...EVENT.dryRun, needs: "event" },
  showUrls: EVENT.showUrls,
} as const satisfies FlagTable;

/** Flags that change the document before anything else is done. */
export const CHANGES = {
  set: {
    type: "string",
    value: "PATH=VALUE",
    repeatable: true,
    parse: parseStringAssignment,
    expects: "PATH=VALUE, such as state.tag=v1",
    help: "Set a value, exactly as it is written. May be repeated.",
  },
  setJson: {
    type: "string",
    value: "PATH=JSON",
    repeatable: true,
    parse: parseJsonAssignment,
    expects: "PATH=JSON, such as state.ports=[80,443]",
    help: "Set a value that is JSON, after each --set. May be repeated.",
  },
} as const satisfies FlagTable;

/**
 * Refuses `--if-absent` where nothing is set: a condition that always holds is
 * a mistake.
 *
 * @param ifAbsent Whether the flag is given.
 * @param change What is set.
 * @throws {CicdStateError} `USAGE`.
 */
export function checkAbsentFlag(ifAbsent: boolean, change: Change): void {
  if (!ifAbsent || change.length > 0) return;
  throw new CicdStateError("USAGE", "Flag --if-absent needs --set", {
    hint: "Add what to set, or leave --if-absent out",
  });
}
