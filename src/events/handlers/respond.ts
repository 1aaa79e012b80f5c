import { present } from "../../schema/composite.ts";
import { cloneValue, type Mapping, setKey } from "../../values.ts";
import { defineHandler, requireSetting } from "../handler.ts";
import { slackRequest } from "../message.ts";
import { post } from "../post.ts";
import type { EventRun } from "../run.ts";
import { template } from "../sections.ts";

/** The keys that are not rendered with the others. */
const NOT_RENDERED = ["message", "url", "if"];

/** Sends a message to a URL that the document holds. */
export const respond = defineHandler({
  kind: "respond",
  ownKey: "message",
  contextName: "respond",
  description:
    "Answers at a URL, such as the response_url of a Slack interaction. Every other key is rendered too.",
  keys: {
    "message": present(
      template({
        description: "A template: the message. Nothing is sent if it is blank.",
      }),
    ),
    "url": template({
      description:
        "A template: where the message goes. Nothing is sent if it is blank.",
    }),
  },
  async run({ label, http, keys, section, context }, run) {
    const { sections, log } = run.services;
    const message = (await run.render(keys.message ?? "", context, "message"))
      .trim();
    if (message === "") return;
    const { respond } = sections.templates ?? {};
    const body = requireSetting(respond, label, "templates.respond");
    const written = { ...cloneValue(section), message };
    context["respond"] = written;
    context["respond"] = await renderOthers(written, context, run);
    if (!keys.url) log.warn(`Skipped ${label}: it has no "url"`);
    const url = (await run.render(keys.url ?? "", context, "url")).trim();
    if (url === "") return;
    const rendered = await run.render(
      body,
      context,
      "cicdstatemgr.templates.respond",
    );
    const request = slackRequest(url, rendered, label, run);
    await post(run, request, { label, http, okMatters: true });
  },
});

/** Renders all other strings. Each sees the others unrendered. */
async function renderOthers(
  written: Mapping,
  context: Mapping,
  run: EventRun,
): Promise<Mapping> {
  const rendered = { ...written };
  for (const key of Object.keys(written)) {
    const source = written[key]!;
    if (NOT_RENDERED.includes(key) || typeof source !== "string") continue;
    setKey(rendered, key, await run.render(source, context, key));
  }
  return rendered;
}
