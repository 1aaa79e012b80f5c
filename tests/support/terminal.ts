const TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/** Options of {@linkcode Terminal.start}. */
interface TerminalOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A terminal of tmux, in which a program runs and somebody types. */
export class Terminal implements AsyncDisposable {
  readonly #socket: string;

  private constructor(socket: string) {
    this.#socket = socket;
  }

  /** Starts a program. */
  static async start(
    command: readonly string[],
    { cwd, env }: TerminalOptions,
  ): Promise<Terminal> {
    const terminal = new Terminal(`${cwd}/tmux-${crypto.randomUUID()}`);
    const variables = Object.entries({ TERM: "xterm", ...env })
      .map(([name, value]) => `${name}=${value}`);
    await terminal.#tmux(
      ...["-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40"],
      ...["-c", cwd, "--", "env", ...variables, ...command],
    );
    return terminal;
  }

  async #tmux(...args: string[]): Promise<string> {
    const { success, stdout, stderr } = await new Deno.Command("tmux", {
      args: ["-S", this.#socket, ...args],
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    if (!success) throw new Error(`tmux ${args[0]}: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout);
  }

  /** Types text, or the keys that tmux calls `Tab`, `Enter` and so on. */
  async type(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const isNamed = /^(?:Tab|Enter|C-.)$/.test(key);
      await this.#tmux("send-keys", ...isNamed ? [key] : ["-l", "--", key]);
    }
  }

  /** Waits until the screen shows something, and returns the screen. */
  async until(shown: RegExp): Promise<string> {
    const end = Date.now() + TIMEOUT_MS;
    while (true) {
      const screen = await this.#tmux("capture-pane", "-p");
      if (shown.test(screen)) return screen;
      if (Date.now() > end) {
        throw new Error(`${shown} is not on the screen:\n${screen.trimEnd()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tmux("kill-server");
  }
}
