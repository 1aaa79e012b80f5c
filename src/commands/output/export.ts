import { CicdStateError } from "../../errors.ts";
import {
  encodeVariables,
  prepareVariables,
  TARGETS,
} from "../../formats/export/targets.ts";
import { type Mapping, setKey } from "../../values.ts";
import { command, DOCUMENT } from "../shared/command.ts";
import {
  readVariables,
  VARIABLES,
  VARIABLES_PATH,
} from "../shared/variables.ts";
import { appendOutput, replaceOutput, writeOutput } from "./write_output.ts";

const FORMATS = [...TARGETS, "json", "yaml"] as const;
const TEKTON_RESULTS = "/tekton/results";
/** A sidecar that reads the results may run as another user. */
const TEKTON_MODE = 0o644;

export default command({
  name: "export",
  group: "Values",
  summary: "Print values as variables of a shell or a CI/CD system",
  about: [
    "Each string, number, boolean and null below PATH becomes a variable. Its name " +
    "is the keys below PATH, joined by __. Characters other than letters, digits " +
    "and _ become _; a value at PATH itself is named by its last key. " +
    "Empty lists and mappings are left out.",
    "Values are exported as they are stored: templates are not rendered. " +
    "Nothing is written if a name or a value does not fit the format, or exceeds " +
    "a size that its reader allows.",
  ],
  arguments: {
    path: VARIABLES_PATH,
  },
  flags: {
    ...DOCUMENT,
    format: {
      type: "choice",
      value: "FORMAT",
      choices: FORMATS,
      required: true,
      help: `What is to read the variables: ${FORMATS.join(", ")}.`,
    },
    out: {
      type: "string",
      value: "FILE",
      help:
        "Write to this file, or to stdout if it is -. The formats of GitHub " +
        "append to it, and the others replace it. tekton-results takes a folder " +
        `and writes a file for each variable. Default: stdout, and ${TEKTON_RESULTS} ` +
        "for tekton-results.",
    },
    export: {
      type: "switch",
      help: "With the format shell, write export NAME=VALUE.",
    },
    ...VARIABLES,
  },
  examples: [
    {
      line: 'export state.git --format github-output --out "$GITHUB_OUTPUT"',
      help: "Set the outputs sha and branch of a step of GitHub Actions",
    },
    {
      line: "export state.git --format shell --prefix GIT_ --upper",
      help: "Print GIT_SHA='…' and GIT_BRANCH='…', for eval or a file",
    },
    {
      line: "export state.image --format tekton-results",
      help: "Write the result image of a Tekton task",
    },
  ],
  exits: {
    1: "Failed, or the format cannot hold a name or a value",
    3: "There is no such document, or nothing at PATH",
  },
  async run({ args: { path }, flags, open, out }) {
    const { format, export: exported } = flags;
    checkFlags(flags);
    const variables = await readVariables(await open(), path, {
      ...flags,
      // Expressions of GitHub find outputs in any case.
      ignoreCase: format === "github-output",
    });
    if (format === "json" || format === "yaml") {
      const { formatValue } = await import("../shared/format_value.ts");
      const mapping: Mapping = {};
      for (const { name, value } of variables) setKey(mapping, name, value);
      return await writeOutput(formatValue(mapping, format), flags.out, out);
    }
    const prepared = prepareVariables(variables, { target: format, exported });
    if (format === "tekton-results") {
      for (const { name, text } of prepared) {
        const path = `${flags.out ?? TEKTON_RESULTS}/${name}`;
        await replaceOutput(path, text, TEKTON_MODE);
      }
      return;
    }
    const text = encodeVariables(prepared, { target: format, exported });
    const appends = format === "github-output" || format === "github-env";
    if (appends && flags.out !== undefined && flags.out !== "-") {
      await appendOutput(flags.out, text);
    } else await writeOutput(text, flags.out, out);
  },
});

function checkFlags(
  { format, out, export: exported }: {
    readonly format: string;
    readonly out: string | undefined;
    readonly export: boolean;
  },
): void {
  if (exported && format !== "shell") {
    throw new CicdStateError("USAGE", `Cannot use --export with ${format}`, {
      hint: "Leave --export out, or use --format shell",
    });
  }
  if (out === "-" && format === "tekton-results") {
    throw new CicdStateError(
      "USAGE",
      "Cannot write tekton-results to stdout: each result is a file",
      { hint: "Write --out DIR" },
    );
  }
}
