import type { PipelineRun, Resources, Trigger } from "./resources.ts";
import { substitute } from "./resources.ts";

// The one form of CEL filter that the example has.
const FILTER_REGEXP =
  /^header\.canonical\('([^']+)'\)\.compareSecret\('([^']+)', '([^']+)'\)$/;

/**
 * Returns the PipelineRuns that a request creates, by the rules of Tekton
 * Triggers: interceptors, then bindings, then templates.
 */
export async function createPipelineRuns(
  { specs, files }: Resources,
  headers: Headers,
  text: string,
): Promise<PipelineRun[]> {
  const runs: PipelineRun[] = [];
  for (const trigger of specs.EventListener.cicd!.triggers) {
    if (!await isAccepted(trigger)) continue;
    const params: Record<string, string> = {};
    for (const { ref } of trigger.bindings) {
      for (const { name, value } of specs.TriggerBinding[ref]!.params) {
        params[`tt.params.${name}`] = bind(value, JSON.parse(text));
      }
    }
    const { resourcetemplates } = specs.TriggerTemplate[trigger.template.ref]!;
    for (const template of resourcetemplates) runs.push(fill(template, params));
  }
  return runs;

  async function isAccepted({ interceptors }: Trigger): Promise<boolean> {
    for (const { ref, params } of interceptors) {
      const values = Object.fromEntries(
        params.map(({ name, value }) => [name, value]),
      );
      const passes = ref.name === "github"
        ? await passesGithub(values as unknown as GithubParams)
        : passesCel(values.filter as string);
      if (!passes) return false;
    }
    return true;
  }

  async function passesGithub(
    { secretRef, eventTypes }: GithubParams,
  ): Promise<boolean> {
    if (!eventTypes.includes(headers.get("x-github-event") ?? "")) return false;
    const secret = files.get(secretRef.secretName)!.get(secretRef.secretKey)!;
    const expected = `sha256=${await hmac(secret, text)}`;
    return headers.get("x-hub-signature-256") === expected;
  }

  function passesCel(filter: string): boolean {
    const found = FILTER_REGEXP.exec(filter);
    if (!found) throw new Error(`This filter cannot be run locally: ${filter}`);
    const [, header, key, secret] = found;
    return headers.get(header!) === files.get(secret!)!.get(key!);
  }
}

interface GithubParams {
  readonly secretRef: {
    readonly secretName: string;
    readonly secretKey: string;
  };
  readonly eventTypes: readonly string[];
}

/** The signature of a text, in hexadecimal. */
export async function hmac(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey(
    "raw",
    encoder.encode(secret),
    algorithm,
    false,
    ["sign"],
  );
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(text));
  return new Uint8Array(signature).toHex();
}

/** The value of `$(body.…)`. As in Tekton, a missing key is an error. */
function bind(expression: string, body: unknown): string {
  const path = /^\$\(body\.([\w.]+)\)$/.exec(expression)![1]!;
  let value: unknown = body;
  for (const key of path.split(".")) {
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  if (value === undefined) throw new Error(`${path} is not in the body`);
  return String(value);
}

function fill<T>(
  template: T,
  values: Readonly<Record<string, string>>,
): T {
  if (typeof template === "string") return substitute(template, values) as T;
  if (Array.isArray(template)) {
    return template.map((item) => fill(item, values)) as T;
  }
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, fill(value, values)]),
  ) as T;
}
