import type { Logger } from "../../util/log.ts";

/** The exit statuses of a shell for a program that it cannot run. */
const [CANNOT_RUN, NOT_FOUND] = [126, 127];

/** The signals that are passed on. Other systems than Unix have only some. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGHUP"]
  : ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2"];

/** Options of {@linkcode runChild}. */
export interface RunChildOptions {
  /** Variables to add to its environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Asks the program to end, with SIGTERM. */
  readonly signal?: AbortSignal | undefined;
  /** Is told why a program cannot be run. */
  readonly log: Logger;
}

/**
 * Runs a program with the standard streams of this one, and passes signals on
 * to it. Requires `--allow-run`.
 *
 * @param argv The program and its arguments.
 * @param options What to run it with.
 * @returns Its exit status: 128+N if signal N ended it, 127 if there is no such program, 126 if it cannot be run.
 */
export async function runChild(
  [program = "", ...args]: readonly string[],
  { env = {}, signal, log }: RunChildOptions,
): Promise<number> {
  let child: Deno.ChildProcess | undefined;
  const early: Deno.Signal[] = [];
  function pass(name: Deno.Signal): void {
    if (child === undefined) early.push(name);
    else kill(child, name);
  }
  // A terminal sends the signals of its keys to the program as well.
  const isSent = (name: Deno.Signal) =>
    (name === "SIGINT" || name === "SIGQUIT") && Deno.stdin.isTerminal();
  const listeners = SIGNALS.map((name) =>
    [name, () => isSent(name) || pass(name)] as const
  );
  const terminate = () => pass("SIGTERM");
  for (const [name, listener] of listeners) {
    Deno.addSignalListener(name, listener);
  }
  signal?.addEventListener("abort", terminate);
  try {
    child = new Deno.Command(program, {
      args,
      env: { ...env },
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
    if (signal?.aborted) terminate();
    for (const name of early) kill(child, name);
    return (await child.status).code;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable || !(error instanceof Error)) {
      throw error;
    }
    const isMissing = error instanceof Deno.errors.NotFound;
    const why = isMissing ? "there is no such program" : error.message;
    log.error(`Cannot run "${program}": ${why}`);
    return isMissing ? NOT_FOUND : CANNOT_RUN;
  } finally {
    signal?.removeEventListener("abort", terminate);
    for (const [name, listener] of listeners) {
      Deno.removeSignalListener(name, listener);
    }
  }
}

/** Sends a signal to a program that may have ended. */
function kill(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    const hasEnded = error instanceof Deno.errors.NotFound ||
      error instanceof TypeError;
    if (!hasEnded) throw error;
  }
}
