import { parsePropertyPath, type PropertyPath } from "../document/path.ts";
import { CicdStateError } from "../errors.ts";
import { object } from "../schema/composite.ts";
import {
  choice,
  type Infer,
  integer,
  scalar,
  type Schema,
  string,
} from "../schema/schema.ts";
import type { Value } from "../values.ts";

/** How HTTP requests are sent, and what happens when one fails. */
export interface HttpConfig {
  /** How long one attempt may take, including its response, in milliseconds. */
  readonly timeoutMs: number;
  /** How many attempts may follow the first one. */
  readonly retries: number;
  /**
   * Whether a failed delivery is a warning or ends the event. `undefined`: an
   * answer that refuses is a warning, and no answer ends the event.
   */
  readonly onError: "warn" | "fail" | undefined;
  /** The largest response that is read, in bytes. */
  readonly maxResponseBytes: number;
  /** A PEM file of certificate authorities to trust besides the usual ones. */
  readonly caFile: string | undefined;
  /** What happens to a JSON body that is not valid. */
  readonly invalidJson: "warn" | "fail" | "send";
  /** The list in the document that keeps a record of each delivery. */
  readonly record: PropertyPath | undefined;
}

/** The settings of a config that has no `http` section. */
export const DEFAULT_HTTP_CONFIG: HttpConfig = {
  timeoutMs: 30_000,
  retries: 3,
  onError: undefined,
  maxResponseBytes: 1024 * 1024,
  caFile: undefined,
  invalidJson: "warn",
  record: undefined,
};

const PROPERTY_PATH: Schema<PropertyPath> = scalar<PropertyPath>({
  json: { type: "string", minLength: 1 },
  wanted: "Join keys with single dots, as in state.deliveries",
  convert: readPropertyPath,
  fallback: [],
  description: "A list in the document that keeps a record of each delivery.",
});

function readPropertyPath(value: Value): PropertyPath | undefined {
  if (typeof value !== "string") return undefined;
  try {
    return parsePropertyPath(value);
  } catch (error) {
    if (error instanceof CicdStateError) return undefined;
    throw error;
  }
}

/** The `http` section of a config or of a handler. */
export const HTTP = object({
  "timeout-ms": integer({
    min: 1,
    max: 3_600_000,
    description:
      "How long one attempt may take, including its response, in milliseconds.",
    default: DEFAULT_HTTP_CONFIG.timeoutMs,
  }),
  "retries": integer({
    max: 10,
    description:
      "How many attempts may follow the first one. A delivery that timed out is not repeated.",
    default: DEFAULT_HTTP_CONFIG.retries,
  }),
  "on-error": choice(["warn", "fail"], {
    description:
      "Whether a failed delivery is a warning or ends the event with exit status 6. Without this key, an answer such as 404 or 500 is a warning, and a server that does not answer ends the event.",
  }),
  "max-response-bytes": integer({
    min: 1,
    max: 256 * 1024 * 1024,
    description: "The largest response that is read, in bytes.",
    default: DEFAULT_HTTP_CONFIG.maxResponseBytes,
  }),
  "ca-file": string({
    description:
      "A PEM file of certificate authorities to trust besides the usual ones.",
  }),
  "invalid-json": choice(["warn", "fail", "send"], {
    description:
      "What happens to a body that is not JSON: it is sent with a warning, it ends the event, or it is sent silently.",
    default: DEFAULT_HTTP_CONFIG.invalidJson,
  }),
  "record": PROPERTY_PATH,
}, { description: "How requests are sent, and what happens when one fails." });

/**
 * Completes the settings of an `http` section.
 *
 * @param section The section as {@linkcode HTTP} reads it, if there is one.
 * @param base The settings of the keys that it does not have.
 * @returns All settings.
 */
export function completeHttpConfig(
  section: Infer<typeof HTTP> | undefined,
  base: HttpConfig = DEFAULT_HTTP_CONFIG,
): HttpConfig {
  if (section === undefined) return base;
  return {
    timeoutMs: section.timeoutMs ?? base.timeoutMs,
    retries: section.retries ?? base.retries,
    onError: section.onError ?? base.onError,
    maxResponseBytes: section.maxResponseBytes ?? base.maxResponseBytes,
    caFile: section.caFile ?? base.caFile,
    invalidJson: section.invalidJson ?? base.invalidJson,
    record: section.record ?? base.record,
  };
}
