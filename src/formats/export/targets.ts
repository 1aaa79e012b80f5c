import { CicdStateError } from "../../errors.ts";
import { pythonStr } from "../python_text.ts";
import { quoteForShell } from "../shell.ts";
import type { Variable } from "./names.ts";
import { checkReserved } from "./reserved.ts";

/** The targets that read names and strings. */
export const TARGETS = [
  "shell",
  "dotenv",
  "github-output",
  "github-env",
  "gitlab-dotenv",
  "tekton-results",
] as const;

/** What reads exported variables. */
export type Target = typeof TARGETS[number];

/** A variable as its target reads it. */
export interface TextVariable extends Variable {
  /** The value as templates print it; empty for null. */
  readonly text: string;
}

/** Options of {@linkcode prepareVariables}. */
export interface PrepareOptions {
  /** What reads them; `environment`: a program that is started with them. */
  readonly target: Target | "environment";
  /** Whether a shell passes the variables on to the programs that it starts. */
  readonly exported: boolean;
}

/**
 * Formats values as strings, and checks that the target can hold them.
 *
 * @param variables The variables.
 * @param options What reads them.
 * @returns The variables with their strings.
 * @throws {CicdStateError} `INPUT`, if the target cannot hold a name or a value, or
 * if a value or all of them are larger than the target allows.
 */
export function prepareVariables(
  variables: readonly Variable[],
  { target, exported }: PrepareOptions,
): TextVariable[] {
  const isEnvironment = target !== "github-output" &&
    target !== "tekton-results";
  const texts = variables.map((variable) => {
    if (isEnvironment) checkReserved(variable, target === "shell");
    const { value } = variable;
    const text = value === null ? "" : pythonStr(value);
    checkText(variable, text);
    return { ...variable, text };
  });
  if (exported) checkEnvironmentSize(texts);
  CHECKS[target]?.(texts);
  return texts;
}

/**
 * Writes variables as one file of the target.
 *
 * @param variables The prepared variables.
 * @param options The target. Tekton's results are one file each, so that they are
 * not written as one.
 * @returns The lines; empty without variables.
 * @throws {CicdStateError} `INPUT`, if the target has no way to write a value.
 */
export function encodeVariables(
  variables: readonly TextVariable[],
  { target, exported }: PrepareOptions & {
    readonly target: Exclude<Target, "tekton-results">;
  },
): string {
  const encode = ENCODERS[target];
  const start = exported ? "export " : "";
  return variables.map((variable) => `${start}${encode(variable)}\n`).join("");
}

const ENCODERS: Readonly<
  Record<
    Exclude<Target, "tekton-results">,
    (variable: TextVariable) => string
  >
> = {
  shell: ({ name, text }) => `${name}=${quoteForShell(text)}`,
  dotenv: (variable) => `${variable.name}=${quoteForDotenv(variable)}`,
  "github-output": delimit,
  "github-env": delimit,
  "gitlab-dotenv": ({ name, text }) => `${name}=${text}`,
};

const CHECKS: Partial<
  Record<PrepareOptions["target"], (variables: TextVariable[]) => void>
> = {
  "github-output": checkOutputSize,
  "github-env"(variables) {
    variables.forEach(checkGithubName);
    checkEnvironmentSize(variables);
  },
  "gitlab-dotenv": checkGitlab,
  "tekton-results": checkTekton,
};

function refuse({ path }: Variable, why: string, hint: string): CicdStateError {
  return new CicdStateError("INPUT", `Cannot export "${path}": ${why}`, {
    hint,
    place: { path },
  });
}

function checkText(variable: Variable, text: string): void {
  const why = text.includes("\0")
    ? "it contains NUL, which no variable can hold"
    : text.isWellFormed()
    ? undefined
    : "it contains half of a surrogate pair, which UTF-8 cannot hold";
  if (why === undefined) return;
  throw refuse(variable, why, "Use --format json");
}

/** Characters that no dialect of dotenv treats specially. */
const PLAIN_REGEXP = /^[\w.,:/@%+-]+$/;

/**
 * Quotes a string as the parser of `npm:dotenv` reads it. The parser has no
 * escapes but `\n` and `\r` between double quotes, and takes a backslash before
 * the closing quote for an escape.
 */
function quoteForDotenv(variable: TextVariable): string {
  const { text } = variable;
  if (PLAIN_REGEXP.test(text)) return text;
  if (!text.endsWith("\\")) {
    if (!/['\r]/.test(text)) return `'${text}'`;
    if (!/"|\\[nr]/.test(text)) return `"${text.replaceAll("\r", "\\r")}"`;
    if (!/[`\r]/.test(text)) return `\`${text}\``;
  }
  // Without quotes, the parser removes blanks around the value and comments.
  const isBare = !/^['"`]|[#\r\n\u2028\u2029]/.test(text);
  if (isBare && text.trim() === text) return text;
  throw refuse(
    variable,
    "a dotenv file has no quotes that can hold all its characters",
    "Use --format shell or json",
  );
}

/**
 * Writes `NAME<<DELIMITER`. The delimiter is random, so that no value can end
 * itself and go on with a variable of its own.
 */
function delimit({ name, text }: TextVariable): string {
  let delimiter: string;
  do delimiter = `end_${crypto.randomUUID()}`; while (text.includes(delimiter));
  return `${name}<<${delimiter}\n${text}\n${delimiter}`;
}

/** GitHub counts UTF-16. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

function checkOutputSize(variables: TextVariable[]): void {
  checkTotal(variables, {
    limit: MAX_OUTPUT_BYTES,
    sizeOf: ({ name, text }) => 2 * (name.length + text.length),
    what: "the outputs of a GitHub job",
  });
}

function checkGithubName(variable: Variable): void {
  if (!/^(?:GITHUB|RUNNER)_/.test(variable.name)) return;
  throw refuse(
    variable,
    `GitHub does not let a step set ${variable.name}`,
    "Add --prefix, such as --prefix APP_",
  );
}

/** Linux starts no program that would get a longer NAME=VALUE and NUL. */
const MAX_ENVIRONMENT_BYTES = 128 * 1024;

function checkEnvironmentSize(variables: TextVariable[]): void {
  for (const variable of variables) {
    const size = utf8Size(`${variable.name}=${variable.text}\0`);
    if (size <= MAX_ENVIRONMENT_BYTES) continue;
    throw refuse(
      variable,
      `as an environment variable it takes ${size} bytes, and Linux allows ` +
        MAX_ENVIRONMENT_BYTES,
      "Write it to a file with get, or export a smaller path",
    );
  }
}

/** The default of GitLab; it takes files that are smaller than this. */
const MAX_GITLAB_BYTES = 5 * 1024 - 1;
/** That of GitLab.com's highest tier; the other tiers allow fewer. */
const MAX_GITLAB_VARIABLES = 150;

function checkGitlab(variables: TextVariable[]): void {
  for (const variable of variables) {
    const [, found] = /([\t-\r ]|\$)/.exec(variable.text) ?? [];
    if (found === undefined) continue;
    const why = found === "$"
      ? "GitLab replaces $ and what follows"
      : `a dotenv report of GitLab cannot hold ${
        /[\n\r]/.test(found) ? "line breaks" : "blanks"
      }`;
    throw refuse(variable, why, "Pass it as a file, in artifacts:paths");
  }
  const extra = variables[MAX_GITLAB_VARIABLES];
  if (extra !== undefined) {
    throw refuse(
      extra,
      `there are ${variables.length} variables, and GitLab allows ` +
        MAX_GITLAB_VARIABLES,
      "Export a path with fewer values",
    );
  }
  checkTotal(variables, {
    limit: MAX_GITLAB_BYTES,
    sizeOf: ({ name, text }) => utf8Size(`${name}=${text}\n`),
    what: "a dotenv report of GitLab",
  });
}

/** Kubernetes keeps this much of what a container leaves behind. */
const MAX_TEKTON_BYTES = 4096;
/** The brackets, and the time of the start that each step leaves behind. */
const TEKTON_OVERHEAD = JSON.stringify([{
  key: "StartedAt",
  value: "2026-01-31T08:15:00.000Z",
  type: 3,
}]).length;

function checkTekton(variables: TextVariable[]): void {
  for (const variable of variables) {
    if (/^[A-Za-z0-9].*[A-Za-z0-9]$|^[A-Za-z0-9]$/.test(variable.name)) {
      continue;
    }
    throw refuse(
      variable,
      `${variable.name} does not begin and end with a letter or a digit, as the ` +
        "name of a result does",
      "Export a smaller path, or rename the key",
    );
  }
  checkTotal(variables, {
    limit: MAX_TEKTON_BYTES - TEKTON_OVERHEAD,
    sizeOf: ({ name, text }) =>
      utf8Size(goJson({ key: name, value: text, type: 1 })) + 1,
    what: "the results of a Tekton task, with their names and escapes,",
  });
}

/** Go escapes more characters than JavaScript. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What all variables together may take. */
interface SizeLimit {
  readonly limit: number;
  readonly sizeOf: (variable: TextVariable) => number;
  /** What has the limit: the subject of "may take N bytes". */
  readonly what: string;
}

function checkTotal(
  variables: TextVariable[],
  { limit, sizeOf, what }: SizeLimit,
): void {
  const sizes = variables.map(sizeOf);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= limit) return;
  const largest = sizes.indexOf(Math.max(...sizes));
  throw refuse(
    variables[largest]!,
    `it takes ${
      sizes[largest]
    } of ${total} bytes, and ${what} may take ${limit}`,
    "Export a smaller path, or pass large values as files",
  );
}

function utf8Size(text: string): number {
  return new TextEncoder().encode(text).length;
}
