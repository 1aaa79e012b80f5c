import { CicdStateError } from "../../errors.ts";
import { readText } from "../../util/read_text.ts";
import type { Value } from "../../values.ts";
import { type Assignment, invalidValue, parseJsonValue } from "./changes.ts";

/** How the text of a value is read. */
export type ValueFormat = "string" | "json" | "yaml";

/**
 * Reads the value of an assignment: its text, `@FILE` or `-` for stdin.
 *
 * @param assignment The assignment.
 * @param format How its text is read.
 * @param readStdin Reads stdin.
 * @returns The value.
 * @throws {CicdStateError} `INPUT` or `PERMISSION`; `INVALID`, if it cannot be parsed.
 */
export async function readValue(
  { path, text }: Assignment,
  format: ValueFormat,
  readStdin: () => Promise<string>,
): Promise<Value> {
  const source = await readSource(path, text, readStdin);
  if (format === "string") return source;
  if (format === "json") return parseJsonValue(source, path);
  const { parseYaml } = await import("../../formats/yaml.ts");
  try {
    return parseYaml(source);
  } catch (error) {
    throw invalidValue(path, error, "Write YAML, such as [a, b] or {a: 1}");
  }
}

async function readSource(
  path: string,
  text: string,
  readStdin: () => Promise<string>,
): Promise<string> {
  if (text === "-") return await readStdin();
  if (!text.startsWith("@")) return text;
  if (text === "@") {
    throw new CicdStateError("USAGE", `Cannot set "${path}": @ names no file`, {
      hint: `Write ${path}=@FILE`,
    });
  }
  return await readText(text.slice(1), {
    what: "file",
    code: "INPUT",
    naming: `${path}=@FILE`,
  });
}
