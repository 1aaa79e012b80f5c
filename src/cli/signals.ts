/** The signals that ask a process to end, and their numbers. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
type SignalName = keyof typeof SIGNALS;
// Object.keys() returns string[]: an object may have more keys than its type.
const SIGNAL_NAMES = Object.keys(SIGNALS) as SignalName[];

/** How long a command may take to end after a signal. */
const GRACE_MS = 1000;

/** Listens to signals. */
export interface SignalWatch {
  /** Aborted by the first signal. The reason is its name. */
  readonly signal: AbortSignal;
  /** The exit status after a signal, `undefined` if none came. */
  readonly status: number | undefined;
  /** Stops listening. */
  stop(): void;
}

/**
 * Listens to the signals that ask the process to end.
 *
 * @param end Ends the process with a status: called a second after
 * the first signal, or on the next one.
 * @returns The watch. Stop it when the command has ended.
 */
export function watchSignals(
  end: (name: string, status: number) => void,
): SignalWatch {
  const controller = new AbortController();
  let status: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function handle(name: SignalName): void {
    const wanted = 128 + SIGNALS[name];
    if (status !== undefined) return end(name, wanted);
    status = wanted;
    controller.abort(name);
    timer = setTimeout(() => end(name, wanted), GRACE_MS);
  }

  const listeners = SIGNAL_NAMES.map((name) =>
    [name, () => handle(name)] as const
  );
  for (const [name, listener] of listeners) {
    Deno.addSignalListener(name, listener);
  }
  return {
    signal: controller.signal,
    get status() {
      return status;
    },
    stop() {
      // Deno loads its timers for a first call, even for one that clears nothing.
      if (timer !== undefined) clearTimeout(timer);
      for (const [name, listener] of listeners) {
        Deno.removeSignalListener(name, listener);
      }
    },
  };
}
