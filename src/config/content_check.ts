import { assign } from "../document/assignment.ts";
import { parsePath } from "../document/jsonpath_parser.ts";
import { CicdStateError } from "../errors.ts";
import { list, object, present, required } from "../schema/composite.ts";
import {
  anything,
  type Path,
  type Problem,
  readValue,
  string,
} from "../schema/schema.ts";
import { checkTemplate, isTemplate } from "../templates/check.ts";
import { isMapping, type Mapping, type Value } from "../values.ts";
import { CONTEXTS_KEY } from "./app_config.ts";
import type { Findings } from "./findings.ts";
import type { MissingSettings } from "./missing_settings.ts";
import { TOP_KEY } from "./schema.ts";
import { booleanNames, GENERATORS_KEY, unknownKinds } from "./suspects.ts";
import type { Source } from "./types.ts";

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

/** What a file is checked against. */
export interface Known {
  /** The names of what templates can call; `undefined`: calls are not checked. */
  readonly functions?: ReadonlySet<string> | undefined;
  /** The settings that handlers need and the config lacks, if there is a config. */
  readonly settings?: MissingSettings | undefined;
}

/** Checks the templates, paths, kinds of handlers and generators of a file. */
export class ContentCheck {
  readonly #sources: readonly Source[];
  readonly #known: Known;
  readonly #findings: Findings;
  /** What YAML aliases repeat is checked once. */
  readonly #visited = new Set<Value>();

  /**
   * @param sources What was merged, in order.
   * @param findings Receives what is wrong.
   * @param known What to check against.
   */
  constructor(
    sources: readonly Source[],
    findings: Findings,
    known: Known = {},
  ) {
    this.#sources = sources;
    this.#known = known;
    this.#findings = findings;
  }

  /** Checks a value and everything below it. */
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
    if (isNames(path)) this.#warn(booleanNames(value, path));
    if (path.at(-1) === GENERATORS_KEY) this.#checkGenerators(value, path);
    for (const key of Object.keys(value)) {
      this.visit(value[key]!, [...path, key]);
    }
  }

  #checkString(text: string, path: Path): void {
    if (!isTemplate(text)) {
      if (path.at(-1) === "foreach" && path.at(-3) === "choice-generators") {
        this.#checkPath("JSONPath", () => parsePath(text.trim()), path);
      } else if (isTarget(path) && text.trim() !== "") {
        this.#checkPath("path", () => assign(text, null), path);
      }
      return;
    }
    for (const problem of checkTemplate(text, this.#known.functions)) {
      const { message, hint = "", ...within } = problem;
      this.#findings.add([{ path, message, hint }], this.#sources, {
        within,
        // Nobody may ever render it.
        isWarning: !isRendered(path),
      });
    }
  }

  /** Reports what parsing a string at a path of the file throws. */
  #checkPath(what: string, parse: () => void, path: Path): void {
    try {
      parse();
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
      const { hint = "" } = error;
      const message = `is not a ${what}. ${error.message}`;
      this.#findings.add([{ path, message, hint }], this.#sources);
    }
  }

  /** An unknown kind is skipped when the event runs, which is rarely meant. */
  #checkKinds(event: Mapping, path: Path): void {
    for (const problem of unknownKinds(event, path)) {
      this.#findings.add([problem], this.#sources, {
        isWarning: !problem.isNearlyKnown,
      });
    }
    this.#warn(this.#known.settings?.of(event, path) ?? []);
  }

  #warn(problems: readonly Problem[]): void {
    this.#findings.add(problems, this.#sources, { isWarning: true });
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

/** Reports whether a path leads to pipelines, or to the events of one. */
function isNames(path: Path): boolean {
  return path[0] === CONTEXTS_KEY && path[2] === "pipelines" &&
    (path.length === 3 || path.length === 5 && path[4] === "event-handlers");
}

/** The lists whose `to` is the path of a value that is set. */
const TRANSFER_LISTS: readonly unknown[] = [
  "set",
  "capture-response-data",
  "auto-capture-response-data",
];

/** Reports whether a string is the path of a value that a handler sets. */
function isTarget(path: Path): boolean {
  return path.at(-1) === "to" && TRANSFER_LISTS.includes(path.at(-3)) &&
    (path[0] === TOP_KEY || path.includes("event-handlers"));
}

/** Reports whether a string is a template that events, generators and init render. */
function isRendered(path: Path): boolean {
  return RENDERED_KEYS.includes(path[0]) || path.includes("event-handlers") ||
    path.includes(GENERATORS_KEY);
}
