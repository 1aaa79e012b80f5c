import type { Value } from "../../values.ts";
import {
  command,
  DOCUMENT,
  FRESH,
  renderingOf,
  TEMPLATES,
} from "../shared/command.ts";

export default command({
  name: "get",
  group: "Values",
  summary: "Print values",
  about: [
    "PATH is a JSONPath; several matches are a list. A string is rendered as a " +
    "template and printed as it is. As text, a list or a mapping is printed as " +
    "JSON, and other values as templates print them: True, 1.0.",
    "The document is read from the first mirror that holds it, and from the " +
    "primary otherwise.",
  ],
  arguments: {
    paths: {
      type: "string",
      value: "PATH",
      repeatable: true,
      help: "Where the value is: state.git.sha, state.reports[0].",
    },
  },
  flags: {
    ...DOCUMENT,
    default: {
      type: "string",
      value: "VALUE",
      empty: true,
      help: "Print this if nothing is found.",
    },
    output: {
      type: "choice",
      choices: ["text", "json", "yaml"],
      default: "text",
      help:
        "How to print it. Several PATHs are printed as a line each, or as " +
        "one mapping of PATH to value.",
    },
    ...FRESH,
    raw: { type: "switch", help: "Print a string as it is stored." },
    ...TEMPLATES,
  },
  examples: [
    { line: "get state.git.sha", help: "Print one value" },
    {
      line: "get state.image --default none",
      help: "Print none if there is no image yet",
    },
    { line: "get state --output json", help: "Print a mapping" },
  ],
  exits: {
    3: "There is no such document, or nothing at PATH and no --default",
    7: "A template failed, and there is no --lenient",
  },
  async run({ args: { paths }, flags, open, out }) {
    const manager = await open();
    const { id, output, fresh, raw } = flags;
    const options = { ...renderingOf(flags), fresh, raw };
    const values = await manager.getAll(id, paths, options);
    const found: Value[] = [];
    for (const [index, path] of paths.entries()) {
      const value = values[index] === undefined ? flags.default : values[index];
      if (value === undefined) {
        const { nothingAt } = await import("../shared/nothing_at.ts");
        const { readDocument } = await import("../shared/read_document.ts");
        throw nothingAt(path, id, await readDocument(manager, flags));
      }
      found.push(value);
    }
    if (output === "text") {
      const texts = await Promise.all(found.map(toText));
      // A single empty value prints nothing, not even the end of a line.
      if (texts.length > 1 || texts[0] !== "") out(`${texts.join("\n")}\n`);
      return;
    }
    const { formatValue } = await import("../shared/format_value.ts");
    const byPath = paths.map((path, index) => [path, found[index]!] as const);
    const value = found.length > 1 ? Object.fromEntries(byPath) : found[0]!;
    out(formatValue(value, output));
  },
});

/** Most values are strings, which need no module to print them. */
async function toText(value: Value): Promise<string> {
  if (typeof value === "string") return value;
  const { formatText } = await import("../shared/format_text.ts");
  return formatText(value);
}
