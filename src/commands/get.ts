import { pythonJson } from "../formats/python_json.ts";
import { pythonStr } from "../formats/python_text.ts";
import { isMapping, type Value } from "../values.ts";
import { readId, readVariables, required } from "./arguments.ts";
import type { CommandContext } from "./command.ts";

/** Runs `--get`. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager, out } = context;
  const expression = required(args, "get", "Write --get state.tag");
  const value = await manager.get(readId(args), expression, {
    variables: readVariables(args),
  });
  const text = formatValue(value);
  if (text !== "") out(`${text}\n`);
}

/**
 * Writes a value as `--get` prints it.
 *
 * @param value The value, if there is one.
 * @returns Texts as they are, lists and mappings as JSON, other values as
 * Python prints them, null and no value as nothing.
 */
function formatValue(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value) || isMapping(value)) return pythonJson(value);
  return pythonStr(value);
}
