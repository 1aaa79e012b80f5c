import type { Value } from "../../src/values.ts";
import { parseJson } from "../../src/formats/json.ts";
import { decodeTyped } from "./typed_value.ts";

const LOAD_PY = `
import datetime, json, sys, yaml

def typed(value):
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
    if isinstance(value, list):
        return [typed(item) for item in value]
    return {"$map": [[typed(k), typed(v)] for k, v in value.items()]}

texts = json.load(sys.stdin)
json.dump([typed(yaml.load(t, Loader=yaml.FullLoader)) for t in texts], sys.stdout)
`;

/** Loads texts with the PyYAML of Debian's Python, all in one process. */
export async function loadWithPyYaml(texts: string[]): Promise<Value[]> {
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
  return decodeTyped(parseJson(new TextDecoder().decode(stdout))) as Value[];
}
