import { CicdStateError } from "../../errors.ts";
import { decodeText, readText } from "../../util/read_text.ts";
import type { Value } from "../../values.ts";
import { type Assignment, invalidValue, parseJsonValue } from "./changes.ts";

/** How the text of a value is read. */
export type ValueFormat = "string" | "json" | "yaml";

/** How a value is read. */
export interface ReadValueOptions {
  readonly format: ValueFormat;
  /** Whether to take `@FILE` and `-` literally. */
  readonly literal: boolean;
  /** Reads stdin. */
  readonly readStdin: () => Promise<Uint8Array>;
}

/**
 * Reads the value of an assignment: its text, `@FILE` or `-` for stdin.
 *
 * @param assignment The assignment.
 * @param options How to read it.
 * @returns The value.
 * @throws {CicdStateError} `INPUT` or `PERMISSION`; `INVALID`, if it cannot be parsed.
 */
export async function readValue(
  { path, text }: Assignment,
  { format, literal, readStdin }: ReadValueOptions,
): Promise<Value> {
  const source = literal ? text : await readSource(path, text, readStdin);
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
  readStdin: () => Promise<Uint8Array>,
): Promise<string> {
  if (text === "-") {
    const bytes = await readStdin();
    return decodeText(bytes, { what: "stdin", code: "INPUT", keepBom: true });
  }
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
    keepBom: true,
  });
}
