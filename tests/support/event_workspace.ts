import { deepStrictEqual } from "node:assert/strict";
import { Workspace } from "./workspace.ts";

/**
 * Creates the document `run-1`, whose event `board=go` runs the handlers.
 *
 * @param handlers The handlers' configs.
 * @param config The config, without its top key.
 * @returns The folder of the workspace.
 */
export async function createEventWorkspace(
  handlers: Record<string, unknown>,
  config: Record<string, unknown>,
): Promise<Workspace> {
  const workspace = await Workspace.create({
    "config.yaml": { cicdstatemgr: config },
    "app.yaml": {
      "cicd-contexts": {
        stage: { pipelines: { board: { "event-handlers": { go: handlers } } } },
      },
    },
  });
  // It says so on standard error if there was one before.
  const { code, stdout } = await workspace.run(
    "--init-new",
    "run-1",
    "--init-app-config-file",
    "app.yaml",
  );
  deepStrictEqual({ code, stdout }, { code: 0, stdout: "run-1\n" });
  return workspace;
}
