import { present } from "../../schema/composite.ts";
import { defineHandler } from "../handler.ts";
import { CAPTURE_KEYS, messageSettings, sendMessage } from "../message.ts";
import { template } from "../sections.ts";

/** Sends a message and captures values of the response. */
export const notify = defineHandler({
  kind: "notify",
  ownKey: "message",
  contextName: "notify",
  description: "Sends a message to slack.url.",
  keys: {
    "message": present(template({ description: "A template: the message." })),
    ...CAPTURE_KEYS,
  },
  async run(job, run) {
    const { notify, templates } = run.services.sections;
    const settings = messageSettings(
      {
        template: templates?.notify,
        captures: notify?.autoCaptureResponseData,
      },
      job,
      run,
    );
    const { keys: { message = "" }, section, context } = job;
    section["message"] = await run.render(message, context, "message");
    await sendMessage(settings, job, run);
  },
});
