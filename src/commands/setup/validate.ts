import type { Finding } from "../../config/findings.ts";
import { CicdStateError } from "../../errors.ts";
import { hintToSet } from "../../util/env.ts";
import { asSentence, toOneLine } from "../../util/log.ts";
import { APP_CONFIG, command } from "../shared/command.ts";

export default command({
  name: "validate",
  group: "Setup",
  summary: "Check the config, the secrets and an app config",
  about: [
    "It reports every mistake with its line: keys and values, templates that " +
    "cannot be parsed or that use filters and macros that do not exist, " +
    "JSONPaths and paths, unknown handlers, and misspelled keys of generators. It " +
    "opens no datasource.",
    "A template in a value that only get renders is a warning, because nobody " +
    "may ever render it. So are settings that handlers need and the config lacks, " +
    "and pipelines and events with a name that YAML reads as a boolean, such as " +
    "off. Warnings do not change the exit status.",
  ],
  uses: { datasources: "none", appConfig: true },
  arguments: {
    app: {
      type: "string",
      value: "APP_FILE",
      optional: true,
      help: "The app config (YAML), which is checked with its bases.",
    },
  },
  flags: {
    basesDir: APP_CONFIG.basesDir,
    context: {
      type: "string",
      value: "NAME",
      help: "Check this context of the app config only.",
    },
    output: {
      type: "choice",
      choices: ["text", "json", "github"],
      default: "text",
      help: "How to print it: lines, a JSON list, or annotations for GitHub " +
        "Actions.",
    },
  },
  examples: [
    { line: "validate", help: "Check the config and the secrets" },
    {
      line: "validate app.yaml --output github",
      help: "Annotate the lines of a pull request",
    },
  ],
  exits: { 8: "Something is wrong" },
  async run({ args: { app }, flags, files, out, log }) {
    if (app === undefined && files.config === undefined) {
      throw new CicdStateError("USAGE", "No file is named", {
        hint: "Write cicdstatemgr validate APP_FILE, pass --config FILE or " +
          hintToSet("CICDSTATEMGR_CONFIG_PATH"),
      });
    }
    const { validateFiles } = await import("../../config/validate.ts");
    const found = await validateFiles({
      ...files,
      app: app === undefined ? undefined : {
        path: app,
        basesDir: flags.basesDir,
        contextName: flags.context,
      },
    });
    const findings = found.list();
    switch (flags.output) {
      case "json":
        out(`${JSON.stringify(findings, null, 2)}\n`);
        break;
      case "github":
        for (const finding of findings) out(`${toAnnotation(finding)}\n`);
        break;
      case "text":
        for (const finding of findings) out(`${toLine(finding)}\n`);
    }
    if (findings.length === 0) {
      const named = [files.config, files.secrets, app]
        .filter((file) => file !== undefined);
      log.info(`Found nothing wrong with ${named.join(", ")}.`);
    }
    return found.hasErrors ? 8 : 0;
  },
});

/** Formats a finding as compilers do: `FILE:LINE:COLUMN: error: MESSAGE`. */
function toLine(finding: Finding): string {
  const { severity, file, line, column, message, hint = "" } = finding;
  const place = [file, line, column].filter((part) => part !== undefined);
  const text = `${asSentence(message)} ${asSentence(hint)}`.trim();
  return toOneLine([...place, ` ${severity}`, ` ${text}`].join(":").trim());
}

/** Formats a finding as a command of GitHub Actions. */
function toAnnotation(finding: Finding): string {
  const { severity, file, line, column, message, hint = "" } = finding;
  // GitHub knows files by their paths from the top of the repository.
  const path = file?.replace(/^\.\//, "");
  const properties = Object.entries({ file: path, line, col: column })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = `${asSentence(message)} ${asSentence(hint)}`.trim();
  return `::${severity} ${properties.join(",")}::${escapeData(text)}`;
}

/** GitHub decodes these and nothing else. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
