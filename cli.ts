import { type Io, main } from "./src/cli/main.ts";
import { readVariable } from "./src/util/env.ts";

/** Writes all of a text, however often the pipe takes only a part of it. */
function writeAll(stream: typeof Deno.stdout, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
}

/** Asks on the terminal; without one, nobody can answer. */
function ask(question: string): boolean | undefined {
  return Deno.stdin.isTerminal() ? confirm(question) : undefined;
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
  out: (text) => writeAll(Deno.stdout, text),
  err: (text) => writeAll(Deno.stderr, text),
  readStdin: () => new Response(Deno.stdin.readable).bytes(),
  env: readVariable,
  confirm: ask,
  user: userName,
  exit: Deno.exit,
};

if (import.meta.main) Deno.exit(await main(Deno.args, io));
