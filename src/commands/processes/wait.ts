import { CicdStateError } from "../../errors.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import type { Value } from "../../values.ts";
import { command, DOCUMENT } from "../shared/command.ts";
import { formatText } from "../shared/format_text.ts";

export default command({
  name: "wait",
  group: "Processes",
  summary: "Wait for a value, and print it",
  about: [
    "It waits until there is a value at PATH, or the one that --equals or " +
    "--matches asks for, and prints it as it is stored. With an event that " +
    "offers a choice, it is an approval gate: the choice sets a value, and the " +
    "pipeline waits for it.",
    "The document must exist. The primary may be unreachable for a while. On Redis, " +
    "each write of this program ends the wait at once; other writes, and those " +
    "to other stores, are found within two seconds.",
  ],
  uses: { datasources: "primary" },
  arguments: {
    path: {
      type: "string",
      value: "PATH",
      help: "Where the value will be. A null value counts.",
    },
  },
  flags: {
    ...DOCUMENT,
    equals: {
      type: "string",
      value: "VALUE",
      empty: true,
      help: "Wait for this value: as get prints it, or as JSON: true, 1, null.",
    },
    matches: {
      type: "string",
      value: "REGEXP",
      parse: parseRegExp,
      expects: "a regular expression of JavaScript, such as ^v[0-9]+$",
      help:
        "Wait for a value that matches anywhere, as get prints it. Values " +
        "longer than 65536 characters never match.",
    },
    timeout: {
      type: "duration",
      default: "10m",
      help: "How long to wait: 90s, 10m, 4h. 0 only looks.",
    },
    output: {
      type: "choice",
      choices: ["text", "json", "yaml"],
      default: "text",
      help: "How to print it.",
    },
  },
  examples: [
    {
      line: "wait state.approval --matches '^(yes|no)$' --timeout 4h",
      help: "Wait until somebody decides",
    },
    {
      line: "wait state.image --timeout 15m",
      help: "Wait until another task has built the image",
    },
  ],
  exits: {
    3: "There is no such document",
    5: "The time is up, or a server did not answer in time",
  },
  async run({ args: { path }, flags, open, out, signal }) {
    const { equals, matches, timeout, output } = flags;
    if (equals !== undefined && matches !== undefined) {
      throw new CicdStateError(
        "USAGE",
        "Cannot use both --equals and --matches",
        { hint: "Leave one of them out" },
      );
    }
    const manager = await open();
    const interruption = await signal();
    const value = await manager.wait(flags.id, path, {
      timeoutMs: timeout,
      signal: interruption,
      until: equals !== undefined
        ? (value) => equals === formatText(value) || equals === asJson(value)
        : matches && await matcherOf(matches),
    }).catch((error) => {
      if (error !== interruption.reason) throw error;
      throw new CicdStateError(
        "INTERRUPTED",
        `Interrupted by ${error} while waiting for "${path}" in document "${flags.id}"`,
      );
    });
    if (output === "text") {
      const text = formatText(value);
      if (text !== "") out(`${text}\n`);
      return;
    }
    const { formatValue } = await import("../shared/format_value.ts");
    out(formatValue(value, output));
  },
});

function parseRegExp(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

/** Returns the JSON of a value; a string must be written without quotes. */
function asJson(value: Value): string | undefined {
  return typeof value === "string" ? undefined : stringifyJson(value);
}

async function matcherOf(
  expression: RegExp,
): Promise<(value: Value) => Promise<boolean>> {
  const { createMatcher } = await import("./matcher.ts");
  const matches = createMatcher(expression);
  return (value) => matches(formatText(value));
}
