import type { Value } from "../../src/values.ts";
import { parseJson } from "../../src/formats/json.ts";
import { decodeTyped } from "./typed_value.ts";

const LOAD_PY = `
import datetime, json, sys, yaml

def typed(value, outer=()):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, float):
        return {"$float": repr(value)}
    if isinstance(value, int):
        return {"$int": str(value)}
    if isinstance(value, datetime.datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"$date": value.isoformat()}
    if id(value) in outer:
        raise ValueError("it contains itself")
    outer = outer + (id(value),)
    if isinstance(value, list):
        return [typed(item, outer) for item in value]
    if isinstance(value, dict):
        return {"$map": [[typed(k), typed(v, outer)] for k, v in value.items()]}
    raise ValueError("no JSON has it")

def load(text):
    try:
        return {"value": typed(yaml.load(text, Loader=yaml.FullLoader))}
    except Exception as error:
        return {"error": str(error)}

json.dump([load(text) for text in json.load(sys.stdin)], sys.stdout)
`;

/** What PyYAML loads, or why it does not. */
export type PyYamlOutcome = { readonly value: Value } | {
  readonly error: string;
};

/** Loads texts with the PyYAML of Debian's Python, all in one process. */
export async function tryPyYaml(
  texts: readonly string[],
): Promise<PyYamlOutcome[]> {
  const process = new Deno.Command("/usr/bin/python3", {
    args: ["-c", LOAD_PY],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  const written = writer.write(new TextEncoder().encode(JSON.stringify(texts)))
    .then(() => writer.close());
  const { success, stdout, stderr } = await process.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  await written;
  const outcomes = parseJson(new TextDecoder().decode(stdout)) as {
    value?: Value;
    error?: string;
  }[];
  return outcomes.map(({ value, error }) =>
    error === undefined ? { value: decodeTyped(value!) } : { error }
  );
}

/** Loads texts that PyYAML must be able to load. */
export async function loadWithPyYaml(
  texts: readonly string[],
): Promise<Value[]> {
  return (await tryPyYaml(texts)).map((outcome, index) => {
    if ("value" in outcome) return outcome.value;
    throw new Error(`${outcome.error}: ${JSON.stringify(texts[index])}`);
  });
}
