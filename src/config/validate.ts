import { parsePath } from "../document/jsonpath_parser.ts";
import { CicdStateError } from "../errors.ts";
import { list, object, present, required } from "../schema/composite.ts";
import { anything, type Path, readValue, string } from "../schema/schema.ts";
import { checkTemplate, definedNames, isTemplate } from "../templates/check.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import {
  appSchema,
  checkContext,
  CONTEXTS_KEY,
  unknownContext,
} from "./app_config.ts";
import { readBases } from "./bases.ts";
import { Findings } from "./findings.ts";
import { loadConfig } from "./load.ts";
import { TOP_KEY } from "./schema.ts";
import { mergeSources, readSource } from "./source.ts";
import { GENERATORS_KEY, unknownKinds } from "./suspects.ts";
import type { Source } from "./types.ts";

/** The sections that the secrets may complete. */
const SHARED_SECTIONS: readonly unknown[] = ["datasources", "encryption"];

/** The keys at the top of a file whose templates are always rendered. */
const RENDERED_KEYS: readonly unknown[] = [
  TOP_KEY,
  "jinja2-macros",
  "variables",
];

const GENERATOR = object({
  "if": anything(),
  "set": required(list(
    object({
      "key": required(string()),
      "value": present(anything()),
    }, { isOpen: true }),
  )),
}, { isOpen: true });

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
  if (config !== undefined) await checkConfig(config, secrets, findings);
  if (app !== undefined) {
    const refused = [config, secrets].filter((path) => path !== undefined);
    await checkApp(app, refused, findings);
  }
  return findings;
}

async function checkConfig(
  config: string,
  secrets: string | undefined,
  findings: Findings,
): Promise<void> {
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
  if (source === undefined || !isMapping(section)) return;
  for (const key of ["templates", "trigger", "notify", "manual-choice"]) {
    const check = new TemplateCheck([source], undefined, findings);
    check.visit(getKey(section, key) ?? null, [TOP_KEY, key]);
  }
}

/** Ignores a failure that was reported before. */
function ignoreKnown(error: unknown): undefined {
  if (!(error instanceof CicdStateError)) throw error;
}

async function checkApp(
  { path, basesDir, contextName }: AppFile,
  refused: readonly string[],
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
  const functions = merged && macrosOf(merged);
  new TemplateCheck(sources, functions, findings).visit(content, []);
}

async function checkSchema(
  merged: Mapping,
  sources: readonly Source[],
  contextName: string | undefined,
  findings: Findings,
): Promise<void> {
  const outcome = readValue(appSchema(anything()), merged);
  if (!outcome.ok) findings.add(outcome.problems, sources);
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

/** Checks the templates, JSONPaths, kinds of handlers and generators of a file. */
class TemplateCheck {
  readonly #sources: readonly Source[];
  readonly #functions: ReadonlySet<string> | undefined;
  readonly #findings: Findings;
  /** What YAML aliases repeat is checked once. */
  readonly #visited = new Set<Value>();

  constructor(
    sources: readonly Source[],
    functions: ReadonlySet<string> | undefined,
    findings: Findings,
  ) {
    this.#sources = sources;
    this.#functions = functions;
    this.#findings = findings;
  }

  visit(value: Value, path: Path): void {
    if (typeof value === "string") return this.#checkString(value, path);
    if (!isMapping(value) && !Array.isArray(value)) return;
    if (this.#visited.has(value)) return;
    this.#visited.add(value);
    if (Array.isArray(value)) {
      value.forEach((item, index) => this.visit(item, [...path, index]));
      return;
    }
    if (isEvent(path)) this.#checkKinds(value, path);
    if (path.at(-1) === GENERATORS_KEY) this.#checkGenerators(value, path);
    for (const key of Object.keys(value)) {
      this.visit(value[key]!, [...path, key]);
    }
  }

  #checkString(text: string, path: Path): void {
    if (!isTemplate(text)) {
      if (path.at(-1) === "foreach" && path.at(-3) === "choice-generators") {
        this.#checkJsonPath(text, path);
      }
      return;
    }
    for (const problem of checkTemplate(text, this.#functions)) {
      const { message, hint = "", ...within } = problem;
      this.#findings.add([{ path, message, hint }], this.#sources, {
        within,
        // Nobody may ever render it.
        isWarning: !isRendered(path),
      });
    }
  }

  #checkJsonPath(text: string, path: Path): void {
    try {
      parsePath(text.trim());
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
      const { hint = "" } = error;
      const message = `is not a JSONPath. ${error.message}`;
      this.#findings.add([{ path, message, hint }], this.#sources);
    }
  }

  /** An unknown kind is skipped when the event runs, which is rarely meant. */
  #checkKinds(event: Mapping, path: Path): void {
    for (const problem of unknownKinds(event, path)) {
      const isWarning = !problem.hint.startsWith("Did you mean");
      this.#findings.add([problem], this.#sources, { isWarning });
    }
  }

  /** Checks generators, which may be in groups. */
  #checkGenerators(group: Mapping, path: Path): void {
    for (const name of Object.keys(group)) {
      const value = group[name]!;
      if (!isMapping(value)) continue;
      const at = [...path, name];
      if (!isGenerator(value)) this.#checkGenerators(value, at);
      else {
        const outcome = readValue(GENERATOR, value, at);
        if (!outcome.ok) this.#findings.add(outcome.problems, this.#sources);
      }
    }
  }
}

/** Reports whether a mapping is meant as a generator: it has a list. */
function isGenerator(value: Mapping): boolean {
  return Object.hasOwn(value, "set") ||
    Object.values(value).some((item) => Array.isArray(item));
}

/** Reports whether a path leads to the handlers of an event. */
function isEvent(path: Path): boolean {
  return path.length === 6 && path[0] === CONTEXTS_KEY &&
    path[2] === "pipelines" && path[4] === "event-handlers";
}

/** Reports whether a string is a template that events, generators and init render. */
function isRendered(path: Path): boolean {
  return RENDERED_KEYS.includes(path[0]) || path.includes("event-handlers") ||
    path.includes(GENERATORS_KEY);
}
