import { handleEvent } from "../../src/events/dispatch.ts";
import { EVENT_SECTIONS } from "../../src/events/sections.ts";
import type { EventOutcome, EventServices } from "../../src/events/types.ts";
import { CicdStateError } from "../../src/errors.ts";
import { stringifyJson } from "../../src/formats/json_writer.ts";
import { createRenderer } from "../../src/templates/renderer.ts";
import { createDelivery } from "../../src/http/deliver.ts";
import { completeHttpConfig, HTTP } from "../../src/http/config.ts";
import { object } from "../../src/schema/composite.ts";
import { readOrThrow } from "../../src/schema/error.ts";
import { createLogger, type LogLevel } from "../../src/util/log.ts";
import { createMask } from "../../src/util/mask/mask.ts";
import { collectSecrets } from "../../src/util/mask/credentials.ts";
import { getKey, type Mapping, type Value } from "../../src/values.ts";

/** The values that no log, error, record or dry run may show. */
export const SECRETS = {
  slack: { token: "xoxb-tide-4711" },
  trigger: { token: "gull/wing=88" },
};

/** An event to fire. */
export interface Fired {
  /** Handler kind to config. */
  readonly handlers: Mapping;
  /** Where messages go. */
  readonly url?: string;
  /** The document's `state`. */
  readonly state?: Mapping;
  /** What the config has beside the usual. */
  readonly config?: Mapping;
  /** The secrets. */
  readonly secrets?: Mapping;
  /** The document's macros. */
  readonly macros?: string;
  /** What `--tmpl-ctx-var` adds. */
  readonly variables?: Mapping;
  readonly level?: LogLevel;
  readonly dryRun?: boolean;
  readonly showUrls?: boolean;
}

/** What came of it. */
export interface FiredOutcome extends EventOutcome {
  /** The document's `state` afterwards. */
  readonly state: Value | undefined;
  /** The lines of the log. */
  readonly log: readonly string[];
}

/** Fires the event `go` of the pipeline `p` with real rendering and delivery. */
export async function fireEvent(fired: Fired): Promise<FiredOutcome> {
  const { url = "http://127.0.0.1:9", secrets = SECRETS, level = "INFO" } =
    fired;
  const lines: string[] = [];
  const mask = createMask(collectSecrets(secrets));
  const log = createLogger({ level, write: (line) => lines.push(line), mask });
  const configData: Mapping = {
    slack: { url: `${url}/chat` },
    trigger: { url: `${url}/trigger` },
    templates: {
      "notify": '{"text": {{notify.message | json_dumps}}}',
      "manual-choice": "{{manualChoice | json_dumps}}",
      "respond": "{{respond | json_dumps}}",
    },
    ...fired.config,
  };
  const services: EventServices = {
    sections: readOrThrow(
      object(EVENT_SECTIONS, { isOpen: true }),
      configData,
      {
        where: "the config",
        path: ["cicdstatemgr"],
      },
    ),
    secretData: secrets,
    http: completeHttpConfig(
      readOrThrow(HTTP, {
        retries: 0,
        ...getKey(configData, "http") as Mapping,
      }, { where: "the config", path: ["cicdstatemgr", "http"] }),
    ),
    renderer: createRenderer(fired.macros ?? "", log),
    trustedRenderer: createRenderer("", log),
    contextOf: (document) => ({
      ...document,
      configData,
      ...fired.variables,
    }),
    files: {
      resolve: (path) => Promise.resolve(path),
      load: async (path) => {
        try {
          return await Deno.readTextFile(path);
        } catch (cause) {
          throw new CicdStateError("INPUT", `Cannot read "${path}"`, { cause });
        }
      },
    },
    deliver: createDelivery({ log, mask }),
    mask,
    log,
    dryRun: fired.dryRun,
    showUrls: fired.showUrls,
  };
  const document: Mapping = {
    pipelines: { p: { "event-handlers": { go: fired.handlers } } },
    state: fired.state ?? {},
  };
  const before = stringifyJson(document);
  const outcome = await handleEvent(document, "p", "go", services);
  if (stringifyJson(document) !== before) {
    throw new Error("the handlers changed the snapshot that they were given");
  }
  const state = getKey(outcome.document, "state");
  return { ...outcome, state, log: lines };
}
