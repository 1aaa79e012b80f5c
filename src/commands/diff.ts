import { CicdStateError } from "../errors.ts";
import { stringifyJson } from "../formats/json_writer.ts";
import type { Difference } from "../document/diff.ts";
import type { Value } from "../values.ts";
import { readId, required } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { readNumber, writeRows } from "./rows.ts";

/** Runs `--diff`. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager } = context;
  const [from, to] = readRange(required(args, "diff", "Write --diff 3..5"));
  const differences = await manager.diff(readId(args), from, to);
  writeRows(context, differences, describe);
}

function readRange(text: string): [number, number | undefined] {
  const parts = text.split("..");
  if (parts.length > 2) {
    throw new CicdStateError("USAGE", `Cannot parse --diff "${text}"`, {
      hint: "Write --diff 3 or --diff 3..5",
    });
  }
  const [from, to] = parts.map((part) => readNumber("diff", part));
  return [from!, to];
}

function describe({ path, before, after }: Difference): string[] {
  const name = path.join(".");
  if (before === undefined) return ["+", name, write(after)];
  if (after === undefined) return ["-", name, write(before)];
  return ["~", name, `${write(before)} -> ${write(after)}`];
}

function write(value: Value | undefined): string {
  return stringifyJson(value ?? null);
}
