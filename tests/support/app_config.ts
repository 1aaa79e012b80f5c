import { type AppConfig, loadAppConfig } from "../../src/config/app_config.ts";
import { CicdStateError } from "../../src/errors.ts";

/** Writes files, and loads `app.yaml` with its bases in `bases/`. */
export async function loadApp(
  files: Readonly<Record<string, string>>,
  contextName = "stage",
): Promise<AppConfig> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/bases`);
    for (const [path, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    const basesDir = `${folder}/bases`;
    return await loadAppConfig(`${folder}/app.yaml`, { basesDir, contextName });
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const message = error.message.replaceAll(`${folder}/`, "");
    throw new CicdStateError(error.code, message, { hint: error.hint });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Returns an app config with these handlers, from line 6 on, column 11. */
export function handlersFile(...lines: string[]): string {
  return [
    "cicd-contexts:",
    "  stage:",
    "    pipelines:",
    "      build:",
    "        event-handlers:",
    "          done:",
    ...lines.map((line) => `            ${line}`),
  ].join("\n");
}
