import { pythonJson } from "../../formats/json_writer.ts";
import { pythonStr } from "../../formats/python_text.ts";
import { isMapping, type Value } from "../../values.ts";

/**
 * Formats a value for people and shells.
 *
 * @param value The value.
 * @returns The value as templates print it; a list or a mapping as JSON.
 */
export function formatText(value: Value): string {
  if (value === null) return "";
  if (Array.isArray(value) || isMapping(value)) return pythonJson(value);
  return pythonStr(value);
}
