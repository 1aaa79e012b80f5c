/** What a command to a server needs beside the command. */
export interface RedisCliOptions {
  readonly db?: number;
  /** The command's last argument. */
  readonly input?: string;
}

/** A real redis-server on a free loopback port, in a folder of its own. */
export class RedisProcess implements AsyncDisposable {
  readonly port: number;
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;
  readonly #password: string;

  private constructor(
    port: number,
    child: Deno.ChildProcess,
    folder: string,
    password: string,
  ) {
    this.port = port;
    this.#child = child;
    this.#folder = folder;
    this.#password = password;
  }

  /** Starts one; with a password, the default user needs it. */
  static async start(password = ""): Promise<RedisProcess> {
    const port = freePort();
    const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-redis-" });
    const child = new Deno.Command("redis-server", {
      // deno-fmt-ignore
      args: [
        "--bind", "127.0.0.1",
        "--port", String(port),
        "--dir", folder,
        "--save", "",
        "--requirepass", password,
      ],
      stdin: "null",
      stdout: "null",
    }).spawn();
    const server = new RedisProcess(port, child, folder, password);
    while (await server.command(["PING"]).catch(() => "") !== "PONG") {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return server;
  }

  /** Runs a command by redis-cli, a client that is not ours. */
  async command(
    words: readonly string[],
    options: RedisCliOptions = {},
  ): Promise<string> {
    const { db = 0, input } = options;
    const child = new Deno.Command("redis-cli", {
      args: [
        ...["-p", String(this.port), "-n", String(db), "-e"],
        ...(input === undefined ? [] : ["-x"]),
        ...words,
      ],
      env: this.#password === "" ? {} : { REDISCLI_AUTH: this.#password },
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    if (input !== undefined) {
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(input));
      await writer.close();
    }
    const { success, stdout, stderr } = await child.output();
    const text = new TextDecoder().decode(stdout).replace(/\n$/, "");
    if (!success) throw new Error(text + new TextDecoder().decode(stderr));
    return text;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#child.status;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
