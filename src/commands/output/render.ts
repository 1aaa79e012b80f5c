import { CicdStateError } from "../../errors.ts";
import { TemplateError } from "../../templates/error.ts";
import { decodeText, readText } from "../../util/read_text.ts";
import {
  command,
  DOCUMENT,
  FRESH,
  renderingOf,
  TEMPLATES,
} from "../shared/command.ts";
import { writeOutput } from "./write_output.ts";

export default command({
  name: "render",
  group: "Values",
  summary: "Render a template file",
  about: [
    "The template sees what the templates of the document see: its keys, its " +
    "macros, configData and the variables of --var. It cannot load other files.",
  ],
  arguments: {
    file: {
      type: "string",
      value: "FILE",
      help: "The template, or - for stdin.",
    },
  },
  flags: {
    ...DOCUMENT,
    out: {
      type: "string",
      value: "FILE",
      help: "Replace this file. Default: stdout, as with -.",
    },
    ...FRESH,
    ...TEMPLATES,
  },
  examples: [
    {
      line: "render message.txt.j2 --out message.txt",
      help: "Write a file with values of the document",
    },
    {
      line: "render message.txt.j2 --var who=state.author",
      help: "Print a message, with a variable",
    },
  ],
  exits: {
    3: "There is no such document",
    7: "The template failed, and there is no --lenient",
  },
  async run({ args: { file }, flags, open, out, readStdin }) {
    const source = file === "-"
      ? decodeText(await readStdin(), { what: "stdin", code: "INPUT" })
      : await readText(file, {
        what: "template",
        code: "INPUT",
        naming: "FILE",
      });
    const manager = await open();
    const options = { ...renderingOf(flags), fresh: flags.fresh };
    try {
      const text = await manager.render(flags.id, source, options);
      // Templates drop the last line break, which belongs to a file.
      const end = /[\r\n]$/.test(source) ? "\n" : "";
      await writeOutput(text + end, flags.out, out);
    } catch (error) {
      throw addFile(error, file === "-" ? "stdin" : file);
    }
  },
});

/** Puts the name of the file before the position of a failure. */
function addFile(error: unknown, file: string): unknown {
  if (!(error instanceof TemplateError)) return error;
  const { message, hint, line, column } = error;
  const reason = message.replace(/^Cannot render the template: /, "");
  // Macros are part of the document, not of the file.
  if (/ \(line \d+, column \d+ of the macros\b/.test(reason)) {
    return fail(file, reason);
  }
  return fail(
    `${file}:${line}:${column}`,
    reason.replace(
      / \(line \d+, column \d+(?:: ([^]*))?\)$/,
      (_, quote) => quote === undefined ? "" : ` (${quote})`,
    ),
  );

  function fail(place: string, reason: string): CicdStateError {
    const message = `Cannot render ${place}: ${reason}`;
    return new CicdStateError("TEMPLATE", message, {
      hint,
      cause: error,
      place: { file },
    });
  }
}
