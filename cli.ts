import { CicdStateError } from "./src/errors.ts";
import { type Io, main } from "./src/cli/main.ts";
import { toOneLine, toTerminal } from "./src/util/log.ts";
import { readVariable } from "./src/util/env.ts";

/** The exit status of a program that is ended by SIGPIPE. */
const BROKEN_PIPE_STATUS = 141;

/**
 * Writes all of a text, however often the pipe takes only a part of it. Stored
 * values must not steer a terminal.
 */
function writeAll(
  stream: typeof Deno.stdout,
  text: string,
  isSafe: boolean,
): void {
  const shown = !isSafe && stream.isTerminal() ? toTerminal(text) : text;
  let bytes = new TextEncoder().encode(shown);
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}

/** Writes to stdout. Ends the process if nobody reads it, as after `| head`. */
function writeOut(text: string, isSafe = false): void {
  try {
    writeAll(Deno.stdout, text, isSafe);
  } catch (cause) {
    if (cause instanceof Deno.errors.BrokenPipe) Deno.exit(BROKEN_PIPE_STATUS);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CicdStateError("STORE", `Cannot write to stdout: ${reason}`, {
      hint: "Check where the output goes",
      cause,
    });
  }
}

/** Writes to stderr. The exit status tells the outcome even if nobody can read why. */
function writeError(text: string, isSafe = false): void {
  try {
    writeAll(Deno.stderr, text, isSafe);
  } catch {
    // There is no other place to report it.
  }
}

/** Asks on the terminal; without one, nobody can answer. */
function ask(question: string): boolean | undefined {
  return Deno.stdin.isTerminal() ? confirm(toOneLine(question)) : undefined;
}

/** Names who runs this; what Deno was not allowed to read is left out. */
function userName(): string {
  const user = readVariable("USER") || readVariable("LOGNAME") || "";
  const { state } = Deno.permissions.querySync({
    name: "sys",
    kind: "hostname",
  });
  const host = state === "granted" ? Deno.hostname() : readVariable("HOSTNAME");
  return [user, host ?? ""].filter((part) => part !== "").join("@");
}

const io: Io = {
  out: writeOut,
  err: writeError,
  isTerminal: (stream) => Deno[stream].isTerminal(),
  readStdin: () => new Response(Deno.stdin.readable).bytes(),
  env: readVariable,
  confirm: ask,
  user: userName,
  exit: Deno.exit,
};

// Not awaited: a part of the bundle imports this module while main runs, and would
// wait for it forever.
if (import.meta.main) main(Deno.args, io).then(Deno.exit);
