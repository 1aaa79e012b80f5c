import { parseJson } from "../../src/formats/json.ts";
import type { Mapping, Value } from "../../src/values.ts";
import type { ReceivedRequest } from "../support/http_server.ts";

/** One call of the CLI. */
export interface Step {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Something to look at after the steps: a value in Redis, or a file. */
export interface Place {
  readonly kind: "redis" | "yamlfile" | "jsonfile" | "idfile" | "shellfile";
  readonly id?: string;
  readonly db?: number;
  readonly server?: "auth";
  readonly path?: string;
}

/** What a scripted HTTP server answers. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Value;
}

/** What a step printed, and how it ended. */
export interface StepOutcome {
  readonly exit: number | "error" | "timeout";
  readonly stdout: string;
  readonly stderr: string;
}

/** A place as it was found. */
export interface Finding extends Place {
  readonly absent?: boolean;
}

/** All that a scenario did. */
export interface Outcome {
  readonly steps: readonly StepOutcome[];
  readonly docs: readonly (Finding & { readonly value?: Value })[];
  readonly texts: readonly (Finding & { readonly text?: string })[];
  readonly shells:
    readonly (Finding & { readonly vars?: Readonly<Record<string, string>> })[];
  readonly http: readonly ReceivedRequest[];
}

/** What it should have done. A part that is missing is not compared. */
export interface Expectation {
  readonly steps: readonly (Partial<Omit<StepOutcome, "stderr">> & {
    readonly stderr?: readonly string[];
  })[];
  readonly docs:
    readonly (Outcome["docs"][number] & { readonly ignore?: string[] })[];
  readonly texts: Outcome["texts"];
  readonly shells:
    readonly (Outcome["shells"][number] & { readonly ignore?: string[] })[];
  readonly http: readonly (Omit<ReceivedRequest, "headers"> & {
    readonly compare: "text" | "json";
    readonly json?: Value;
    readonly headers: Readonly<Record<string, string | null>>;
  })[];
}

/** Command lines, what they find, and what they should do. */
export interface Scenario {
  readonly id: string;
  readonly area: string;
  readonly about: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly seed?:
    readonly (Place & { readonly id: string; readonly text: string })[];
  readonly http?: Readonly<Record<string, readonly Answer[]>>;
  readonly steps: readonly Step[];
  readonly collect?: readonly Place[];
  readonly keyOrder?: boolean;
  readonly expect: Expectation;
}

/** Reads the scenarios; numbers in expected values keep their kind. */
export async function readScenarios(): Promise<readonly Scenario[]> {
  const url = new URL("../conformance/scenarios.json", import.meta.url);
  const { scenarios } = parseJson(await Deno.readTextFile(url)) as Mapping;
  return scenarios as unknown as Scenario[];
}

/** Changes every text in a value, keys too. */
export function mapTexts<T>(value: T, change: (text: string) => string): T;
export function mapTexts(
  value: unknown,
  change: (text: string) => string,
): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (Object.getPrototypeOf(value ?? 0) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>)
      .map(([key, item]) => [change(key), mapTexts(item, change)]),
  );
}
