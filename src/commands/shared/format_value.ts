import { stringifyJson } from "../../formats/json_writer.ts";
import { stringifyYaml } from "../../formats/yaml_writer.ts";
import type { Value } from "../../values.ts";

/**
 * Formats a value for programs.
 *
 * @param value The value.
 * @param format The format.
 * @returns The text, with a newline at its end.
 */
export function formatValue(value: Value, format: "json" | "yaml"): string {
  return format === "yaml"
    ? stringifyYaml(value)
    : `${stringifyJson(value, { indent: 2 })}\n`;
}
