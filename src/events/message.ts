import { capture } from "./capture.ts";
import type { HandlerJob } from "./handler.ts";
import { post } from "./post.ts";
import type { EventRun } from "./run.ts";
import {
  CAPTURING,
  missingInConfig,
  readSection,
  requiredTemplate,
  SLACK,
} from "./sections.ts";
import { slackRequest } from "./slack.ts";
import { type Transfer, transfers } from "./transfer.ts";

/** The keys of a handler that sends a message and uses the response. */
export const CAPTURE_KEYS = {
  "capture-response-data": transfers({
    description:
      "What is set from the response, which templates see as body: a list of {from, to}.",
  }),
};

/** What a message is sent with. */
export interface MessageSettings {
  /** Where it goes. */
  readonly url: string;
  /** The template of its body. */
  readonly template: string;
  /** What is set from the response. */
  readonly captures: readonly Transfer[];
}

/** A config of a handler that sends a message. */
type MessageJob = HandlerJob<
  { readonly captureResponseData?: readonly Transfer[] | undefined }
>;

/**
 * Reads from the config what a message needs. Handlers do this first, so that
 * nothing is rendered or sent in vain.
 *
 * @param kind The kind of handler.
 * @param job The handler's config.
 * @param run The event at work.
 * @returns The settings.
 * @throws {CicdStateError} `CONFIG`.
 */
export function messageSettings(
  kind: "notify" | "manual-choice",
  { keys, label }: MessageJob,
  { services: { configData } }: EventRun,
): MessageSettings {
  const all = readSection(CAPTURING, kind, configData);
  const captures = [
    ...all.autoCaptureResponseData ?? [],
    ...keys.captureResponseData ?? [],
  ];
  const template = requiredTemplate(kind, label, configData);
  const { url } = readSection(SLACK, "slack", configData);
  if (url === undefined) throw missingInConfig(label, "slack", "url");
  return { url, template, captures };
}

/**
 * Renders and sends a message, and sets what the captures take from the
 * response.
 *
 * @param settings What it is sent with.
 * @param job The handler's config; its context holds what the template sees.
 * @param run The event at work.
 * @throws {CicdStateError} `DELIVERY`, `PATH`, `INPUT`, `CONFIG` or `PERMISSION`.
 */
export async function sendMessage(
  { url, template, captures }: MessageSettings,
  { label, http, context }: MessageJob,
  run: EventRun,
): Promise<void> {
  const body = await run.render(template, context);
  const answer = await post(run, slackRequest(url, body, label, run), {
    label,
    http,
    captures: captures.map(({ to }) => to),
    okMatters: true,
  });
  await capture(captures, answer, label, run);
}
