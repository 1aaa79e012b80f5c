import { present } from "../../schema/composite.ts";
import { defineHandler } from "../handler.ts";
import { transfers } from "../sections.ts";
import { evaluateTransfers } from "../run.ts";

/** Sets values of the document. */
export const setValues = defineHandler({
  kind: "set-values",
  ownKey: "set",
  contextName: "set-values",
  description: "Sets values of the document.",
  mayBeNull: true,
  keys: {
    "set": present(
      transfers({
        description: "What is set: a list of {from, to}, both templates.",
      }),
    ),
  },
  async run({ keys: { set = [] }, context }, run) {
    run.commit(await evaluateTransfers(set, context, run));
  },
});
