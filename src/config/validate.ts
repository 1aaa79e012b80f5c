import { CicdStateError } from "../errors.ts";
import { anything, readValue } from "../schema/schema.ts";
import { definedNames } from "../templates/check.ts";
import { getKey, isMapping, type Mapping } from "../values.ts";
import {
  appSchema,
  checkContext,
  CONTEXTS_KEY,
  misspelledKeys,
  unknownContext,
} from "./app_config.ts";
import { readBases } from "./bases.ts";
import { ContentCheck } from "./content_check.ts";
import { Findings } from "./findings.ts";
import { MissingSettings } from "./missing_settings.ts";
import { loadConfig } from "./load.ts";
import { TOP_KEY } from "./schema.ts";
import { mergeSources, readSource } from "./source.ts";
import type { Source } from "./types.ts";

/** The sections that the secrets may complete. */
const SHARED_SECTIONS: readonly unknown[] = ["datasources", "encryption"];

/** An app config that is checked. */
export interface AppFile {
  /** Its path. */
  readonly path: string;
  /** The folder of its bases. */
  readonly basesDir: string | undefined;
  /** The context to check. Default: all. */
  readonly contextName: string | undefined;
}

/** The files that {@linkcode validateFiles} checks. */
export interface Files {
  /** The config. */
  readonly config: string | undefined;
  /** The secrets. */
  readonly secrets: string | undefined;
  /** The app config. */
  readonly app: AppFile | undefined;
}

/**
 * Checks a config, its secrets and an app config with its bases. No datasource
 * is opened.
 *
 * @param files The files.
 * @returns Everything that is wrong, by file and line.
 */
export async function validateFiles(files: Files): Promise<Findings> {
  const { config, secrets, app } = files;
  const findings = new Findings();
  const section = config === undefined
    ? undefined
    : await checkConfig(config, secrets, findings);
  if (app !== undefined) {
    const refused = [config, secrets].filter((path) => path !== undefined);
    await checkApp(app, { refused, section }, findings);
  }
  return findings;
}

/** Returns what the config holds, if it can be read. */
async function checkConfig(
  config: string,
  secrets: string | undefined,
  findings: Findings,
): Promise<Mapping | undefined> {
  const isRight = await findings.collect(() =>
    loadConfig(config, secrets, true)
  );
  // A mistake in the secrets must not hide those of the config.
  if (!isRight && secrets !== undefined) {
    await findings.collect(
      () => loadConfig(config, undefined, false),
      ({ path }) => !SHARED_SECTIONS.includes(path[1]),
    );
  }
  const source = await readSource(config, {
    what: "config",
    naming: "--config",
  }).catch(ignoreKnown);
  const section = source && getKey(source.content, TOP_KEY);
  if (source === undefined || !isMapping(section)) return undefined;
  for (const key of ["templates", "trigger", "notify", "manual-choice"]) {
    const check = new ContentCheck([source], findings);
    check.visit(getKey(section, key) ?? null, [TOP_KEY, key]);
  }
  return section;
}

/** Ignores a failure that was reported before. */
function ignoreKnown(error: unknown): undefined {
  if (!(error instanceof CicdStateError)) throw error;
}

/** The files beside an app config. */
interface Beside {
  /** The files that no base may be. */
  readonly refused: readonly string[];
  /** What the config holds, if there is one. */
  readonly section: Mapping | undefined;
}

async function checkApp(
  { path, basesDir, contextName }: AppFile,
  { refused, section }: Beside,
  findings: Findings,
): Promise<void> {
  const options = { what: "app config", naming: "APP_FILE" };
  let app: Source | undefined;
  await findings.collect(async () => {
    app = await readSource(path, options);
  });
  if (app === undefined) return;
  let sources = [app];
  let merged: Mapping | undefined;
  await findings.collect(async () => {
    sources = [...await readBases(app!, { basesDir, refused }), app!];
    merged = await mergeSources(sources);
  });
  // Without its bases, a file lacks what they have.
  if (merged !== undefined) {
    await checkSchema(merged, sources, contextName, findings);
  }
  const content = merged ?? app.content;
  new ContentCheck(sources, findings, {
    functions: merged && macrosOf(merged),
    settings: section && new MissingSettings(section),
  }).visit(content, []);
}

async function checkSchema(
  merged: Mapping,
  sources: readonly Source[],
  contextName: string | undefined,
  findings: Findings,
): Promise<void> {
  const outcome = readValue(appSchema(anything()), merged);
  if (!outcome.ok) findings.add(outcome.problems, sources);
  findings.add(misspelledKeys(sources), sources);
  const section = getKey(merged, CONTEXTS_KEY);
  const contexts = section !== undefined && isMapping(section) ? section : {};
  const known = Object.keys(contexts);
  const app = sources.at(-1)!;
  if (contextName !== undefined && !known.includes(contextName)) {
    findings.addError(unknownContext(contextName, known, app), app.name);
  }
  for (const name of known) {
    if (contextName !== undefined && name !== contextName) continue;
    const path = [CONTEXTS_KEY, name];
    findings.add(await checkContext(contexts[name]!, path), sources);
  }
}

/** Returns the names of what the templates of an app config can call. */
function macrosOf(app: Mapping): Set<string> {
  const names = new Set<string>();
  const macros = getKey(app, "jinja2-macros");
  if (macros === undefined || !isMapping(macros)) return names;
  for (const source of Object.values(macros)) {
    if (typeof source !== "string") continue;
    for (const name of definedNames(source)) names.add(name);
  }
  return names;
}
