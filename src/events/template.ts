import { pythonStr } from "../formats/python_text.ts";
import { type About, scalar, type Schema } from "../schema/schema.ts";

/**
 * A template. Any value is one: a number, list or mapping is rendered as Python
 * prints it.
 *
 * @param about What the template is for.
 * @returns The schema.
 */
export function template(about?: About): Schema<string> {
  return scalar({
    json: {},
    wanted: "It must be a template",
    convert: pythonStr,
    fallback: "",
    ...about,
  });
}
