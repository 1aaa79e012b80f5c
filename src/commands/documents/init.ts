import { CicdStateError } from "../../errors.ts";
import { CHANGES, logDelivery, RUN_EVENT } from "../shared/changes.ts";
import {
  APP_CONFIG,
  command,
  OUTPUT,
  renderingOf,
  TEMPLATES,
  WRITE,
} from "../shared/command.ts";
import { outStored } from "../shared/out_stored.ts";

export default command({
  name: "init",
  group: "Documents",
  summary: "Create a document from an app config, and print its id",
  arguments: {
    id: { type: "string", value: "ID", help: "The document to create." },
  },
  flags: {
    ...APP_CONFIG,
    ...CHANGES,
    ...RUN_EVENT,
    ...TEMPLATES,
    replace: {
      type: "switch",
      help: "Replace the document if it exists. Otherwise that is a conflict.",
    },
    ifAbsent: {
      type: "switch",
      help: "Do nothing but print the id if the document exists.",
    },
    ...WRITE,
    ...OUTPUT,
  },
  examples: [
    {
      line: "init build-42 --app-config app.yaml --context prod",
      help: "Create the document of a pipeline run",
    },
    {
      line: "init build-42 --app-config app.yaml --if-absent",
      help: "Create it, or keep what a run before this one created",
    },
  ],
  exits: {
    3: "The context, its pipeline or its event does not exist",
    4: "The document exists, or is not at the revision of --if-revision",
    6: "A request of the event was not delivered",
    7: "A template failed, and there is no --lenient",
  },
  async run({ args: { id }, flags, open, out, log, signal }) {
    if (flags.replace && flags.ifAbsent) {
      throw new CicdStateError(
        "USAGE",
        "Cannot use both --replace and --if-absent",
        { hint: "Use one of them" },
      );
    }
    const manager = await open();
    const options = {
      ...renderingOf(flags),
      requireEvent: !flags.ifPresent,
      onDelivery: logDelivery(log),
    };
    const init = {
      ...options,
      appConfig: flags.appConfig,
      basesDir: flags.basesDir,
      contextName: flags.context,
      change: [...flags.set, ...flags.setJson],
      ifExists: policyOf(flags),
      ifRevision: flags.ifRevision,
      ttlMs: flags.ttl,
    };
    if (flags.dryRun && flags.event !== undefined) {
      const { preview } = await import("../shared/preview.ts");
      const { event, output, showUrls } = flags;
      const services = { manager, out, output };
      const previewed = { ...options, init, showUrls };
      return await preview(id, event, previewed, services);
    }
    await manager.init(id, {
      ...init,
      signal: flags.event && await signal(),
      handleEvent: flags.event,
    });
    const printed = flags.output === "json" ? JSON.stringify({ id }) : id;
    outStored(out, `${printed}\n`, `Document "${id}" is stored`);
  },
});

/** Decides what happens to a document that exists. */
function policyOf(
  { replace, ifAbsent, ifRevision }: {
    readonly replace: boolean;
    readonly ifAbsent: boolean;
    readonly ifRevision: string | undefined;
  },
): "replace" | "fail" | "keep" {
  if (ifAbsent) return "keep";
  // A revision says what is to be replaced.
  return replace || ifRevision !== undefined ? "replace" : "fail";
}
