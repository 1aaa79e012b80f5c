/** A command line that runs, whose standard output is read line by line. */
export class RunningCommand {
  readonly #child: Deno.ChildProcess;
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #stderr: Promise<string>;
  #rest = "";

  /** @param child The process, with piped output. */
  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#reader = child.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
    this.#stderr = new Response(child.stderr).text();
  }

  /** Its process id. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Sends it a signal. */
  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Waits for the next line of its standard output. */
  async line(): Promise<string> {
    while (!this.#rest.includes("\n")) {
      const { value, done } = await this.#reader.read();
      if (done) throw new Error(`no more lines: ${await this.#stderr}`);
      this.#rest += value;
    }
    const end = this.#rest.indexOf("\n");
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return line;
  }

  /** Waits for its end. Programs that it has left behind may go on. */
  async end(): Promise<{ code: number; stderr: string }> {
    const { code } = await this.#child.status;
    await this.#reader.cancel();
    return { code, stderr: await this.#stderr };
  }
}
