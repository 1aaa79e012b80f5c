import { CicdStateError } from "../../errors.ts";

/** The exit statuses of a shell for a program that it cannot run. */
const [CANNOT_RUN, NOT_FOUND] = [126, 127];

/** The signals that are passed on, and their numbers. */
const SIGNALS: Partial<Record<Deno.Signal, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  // Windows knows only the two above.
  ...Deno.build.os !== "windows" && {
    SIGQUIT: 3,
    SIGTERM: 15,
    SIGUSR1: Deno.build.os === "linux" ? 10 : 30,
    SIGUSR2: Deno.build.os === "linux" ? 12 : 31,
  },
};

/** What a program runs with. */
interface RunOptions {
  /** Variables to add to its environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Asks the program to end, with SIGTERM. */
  readonly terminate?: AbortSignal | undefined;
}

/** A program could not run. The process exits as a shell would. */
class ProgramError extends CicdStateError {
  /** The exit status, whatever the code says. */
  readonly exitStatus: number;

  /** @param exitStatus The exit status. */
  constructor(
    exitStatus: number,
    ...args: ConstructorParameters<typeof CicdStateError>
  ) {
    super(...args);
    this.exitStatus = exitStatus;
  }
}

/**
 * Passes the signals that this process receives on to a program. Before the
 * program runs, a signal aborts {@linkcode SignalRelay.signal} instead.
 */
export class SignalRelay implements Disposable {
  readonly #controller = new AbortController();
  readonly #listeners: (readonly [Deno.Signal, () => void])[];
  #child: Deno.ChildProcess | undefined;
  #failure: ProgramError | undefined;

  /** Starts to listen. */
  constructor() {
    // Object.entries() returns string keys: an object may have more than its type.
    const signals = Object.entries(SIGNALS) as [Deno.Signal, number][];
    this.#listeners = signals.map(([name, number]) =>
      [name, () => this.#receive(name, number)] as const
    );
    for (const [name, listener] of this.#listeners) {
      Deno.addSignalListener(name, listener);
    }
  }

  /** Aborted by a signal that comes before the program runs. The reason is its name. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the program did not run: a signal came first, or it cannot be run. */
  get failure(): CicdStateError | undefined {
    return this.#failure;
  }

  /**
   * Runs a program with the standard streams of this process, unless a signal has
   * come. Requires `--allow-run`.
   *
   * @param argv The program and its arguments.
   * @param options What to run it with.
   * @returns Its exit status: 128+N if signal N ended it, 127 if there is no such program, 126 if it cannot be run. {@linkcode SignalRelay.failure} says more.
   */
  async run(
    [program = "", ...args]: readonly string[],
    { env = {}, terminate }: RunOptions,
  ): Promise<number> {
    if (this.#failure !== undefined) return this.#failure.exitStatus;
    const end = () => this.#kill("SIGTERM");
    try {
      this.#child = new Deno.Command(program, {
        args,
        env: { ...env },
        stdin: "inherit",
        stdout: "inherit",
        stderr: "inherit",
      }).spawn();
      terminate?.addEventListener("abort", end);
      if (terminate?.aborted) end();
      return (await this.#child.status).code;
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) throw error;
      this.#failure = cannotRun(program, error);
      return this.#failure.exitStatus;
    } finally {
      terminate?.removeEventListener("abort", end);
      this.#child = undefined;
    }
  }

  /** Stops listening. */
  [Symbol.dispose](): void {
    for (const [name, listener] of this.#listeners.splice(0)) {
      Deno.removeSignalListener(name, listener);
    }
  }

  #receive(name: Deno.Signal, number: number): void {
    if (this.#child === undefined) {
      this.#failure ??= new ProgramError(
        128 + number,
        "INTERRUPTED",
        `Interrupted by ${name} before the command began`,
      );
      this.#controller.abort(name);
      return;
    }
    // A terminal sends the signals of its keys to the program as well.
    const isOfKey = name === "SIGINT" || name === "SIGQUIT";
    if (!isOfKey || !Deno.stdin.isTerminal()) this.#kill(name);
  }

  /** Sends the program a signal, unless it has ended. */
  #kill(name: Deno.Signal): void {
    try {
      this.#child?.kill(name);
    } catch (error) {
      const hasEnded = error instanceof Deno.errors.NotFound ||
        error instanceof TypeError;
      if (!hasEnded) throw error;
    }
  }
}

/**
 * Checks that a program may be run, before anything is done for it.
 *
 * @param program The program.
 * @throws {CicdStateError} `PERMISSION`.
 */
export async function checkMayRun(program: string): Promise<void> {
  const wanted = { name: "run", command: program } as const;
  const { state } = await Deno.permissions.query(wanted);
  if (state === "granted") return;
  throw new CicdStateError(
    "PERMISSION",
    `Cannot run "${program}": Deno may not run it`,
    { hint: `Run deno with --allow-run=${program}` },
  );
}

/** Returns the error for a program that did not start. */
function cannotRun(program: string, cause: unknown): ProgramError {
  const message = `Cannot run "${program}"`;
  if (cause instanceof Deno.errors.NotFound) {
    return new ProgramError(
      NOT_FOUND,
      "NOT_FOUND",
      `${message}: there is no such program`,
      { hint: "Check its name, and $PATH", cause },
    );
  }
  const isDenied = cause instanceof Deno.errors.PermissionDenied;
  return new ProgramError(
    CANNOT_RUN,
    isDenied ? "PERMISSION" : "INPUT",
    `${message}: ${
      isDenied ? "it is not executable" : "it is not a program of this system"
    }`,
    {
      hint: isDenied
        ? "Name a file, and make it executable with chmod +x"
        : "Check the file, and the interpreter that its first line names",
      cause,
    },
  );
}

/**
 * Runs a function that waits until a program can run.
 *
 * @param relay Receives the signals.
 * @param run The function. It returns an exit status.
 * @returns The exit status.
 * @throws {CicdStateError} If the program did not run, with the exit status of a shell.
 */
export async function orFailure(
  relay: SignalRelay,
  run: () => Promise<number>,
): Promise<number> {
  let status: number;
  try {
    status = await run();
  } catch (error) {
    if (!relay.signal.aborted || error !== relay.signal.reason) throw error;
    throw relay.failure ?? error;
  }
  if (relay.failure !== undefined) throw relay.failure;
  return status;
}
