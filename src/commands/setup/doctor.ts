import { asSentence } from "../../util/log.ts";
import { command, OUTPUT } from "../shared/command.ts";
import { requireConfig } from "../shared/require_config.ts";
import { writeRows } from "../shared/rows.ts";

/** The colors of the first column. */
const STYLES = { ok: "green", warning: "yellow", error: "red" } as const;

export default command({
  name: "doctor",
  group: "Setup",
  summary: "Check that the config works here, and say what to fix",
  about: [
    "It checks the config and the secrets, the modes of files, the permissions of " +
    "Deno, and each datasource: whether it can be reached, read and written, its " +
    "version, its clock, and damage. In a store of many documents it stores a " +
    "document of its own and removes it. It sends nothing to slack or trigger.",
  ],
  arguments: {},
  flags: { ...OUTPUT },
  examples: [{ line: "doctor", help: "Find out why a pipeline fails" }],
  exits: { 1: "Something is broken" },
  async run({ flags: { output }, files, commands, out, hasColor, log }) {
    const config = requireConfig(files);
    const { diagnose } = await import("./diagnose.ts");
    const { permissionsOf } = await import("../../config/permissions.ts");
    const { activityOf, runsNothing } = await import("./permissions.ts");
    const activity = activityOf((await commands()).filter(runsNothing), []);
    const checks = await diagnose({
      config,
      secrets: files.secrets,
      permissionsOf: (config) => permissionsOf(config, activity),
      log,
    });
    writeRows(checks, ({ status, what, message, hint = "" }) => [
      { text: status, style: STYLES[status] },
      what,
      `${asSentence(message)} ${asSentence(hint)}`.trim(),
    ], { out, hasColor, output });
    return checks.some(({ status }) => status === "error") ? 1 : 0;
  },
});
