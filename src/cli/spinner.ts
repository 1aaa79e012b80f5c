/** How long nothing is shown, and how often the line changes, in milliseconds. */
const DELAY_MS = 1000;
const FRAME_MS = 200;
const FRAMES = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"] as const;

/** Removes the line that the cursor is in. */
const CLEAR = "\r\x1b[K";

/** Shows on a terminal what the program waits for. */
export interface Spinner {
  /**
   * Says what is waited for from now on. It is shown after a second.
   *
   * @param what For example `datasource "redis"`.
   * @returns The wait, which ends when it is disposed.
   */
  waitFor(what: string): Disposable;
  /** Removes the line, so that other output can begin there. */
  clear(): void;
}

/**
 * Creates a spinner.
 *
 * @param write Writes to the terminal.
 * @param delayMs How long nothing is shown. Default: a second.
 * @returns The spinner.
 */
export function createSpinner(
  write: (text: string) => void,
  delayMs: number = DELAY_MS,
): Spinner {
  const waits: { readonly what: string; readonly since: number }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  let isShown = false;

  function clear(): void {
    if (isShown) write(CLEAR);
    isShown = false;
  }

  function draw(): void {
    const { what, since } = waits.at(-1)!;
    const seconds = Math.floor((performance.now() - since) / 1000);
    const mark = FRAMES[frame++ % FRAMES.length]!;
    clear();
    write(`${mark} Waiting for ${what} (${seconds} s)`);
    isShown = true;
    timer = setTimeout(draw, FRAME_MS);
  }

  return {
    clear,
    waitFor(what) {
      const wait = { what, since: performance.now() };
      waits.push(wait);
      timer ??= setTimeout(draw, delayMs);
      return {
        [Symbol.dispose]() {
          const index = waits.indexOf(wait);
          if (index >= 0) waits.splice(index, 1);
          if (waits.length > 0) return;
          clearTimeout(timer);
          timer = undefined;
          clear();
        },
      };
    },
  };
}
