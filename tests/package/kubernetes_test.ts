import { match, strictEqual } from "node:assert/strict";
import { installProgram } from "../../examples/local/program.ts";
import { parseYaml } from "../../src/formats/yaml.ts";
import type { Mapping } from "../../src/values.ts";
import { makeCertificates } from "../support/certificates.ts";
import { freePort } from "../support/redis_server.ts";
import { ROOT, TemporaryFolder } from "./process.ts";

interface Resource extends Mapping {
  kind: string;
  metadata: { name: string };
}

async function readResources(name: string): Promise<Resource[]> {
  const path = new URL(`examples/kubernetes/${name}`, ROOT);
  const text = await Deno.readTextFile(path);
  return text.split(/^---$/m).map((part) => parseYaml(part) as Resource);
}

/** The files of all ConfigMaps and Secrets. */
function filesOf(resources: readonly Resource[]): Record<string, string> {
  return Object.assign(
    {},
    ...resources.map(({ data, stringData }) => data ?? stringData),
  );
}

Deno.test("examples/kubernetes: the Job runs on the Redis, over TLS and with the user's rights", async () => {
  await using folder = await TemporaryFolder.create();
  const port = String(freePort());
  await makeCertificates(folder.path);
  for (
    const [from, to] of [["server.crt", "tls.crt"], ["server.key", "tls.key"]]
  ) {
    await Deno.rename(`${folder.path}/${from}`, `${folder.path}/${to}`);
  }
  const redis = await readResources("redis.yaml");
  const job = await readResources("job.yaml");
  const local = (text: string) =>
    text
      .replaceAll(/\/(?:tls|acl|data|config|secrets)(?=[/\s])/g, folder.path)
      .replaceAll("cicd-redis.ci.svc", "127.0.0.1")
      .replaceAll("6379", port);
  for (
    const [name, text] of Object.entries(filesOf([...redis, ...job]))
  ) await Deno.writeTextFile(`${folder.path}/${name}`, local(text));
  await installProgram(`${folder.path}/bin`);
  const server = new Deno.Command("redis-server", {
    args: [`${folder.path}/redis.conf`],
    stdin: "null",
    stdout: "null",
  }).spawn();
  try {
    const { spec } = job.find(({ kind }) => kind === "Job") as unknown as {
      spec: {
        template: {
          spec: {
            containers: {
              command: string[];
              args: string[];
              env: { name: string; value: string }[];
            }[];
          };
        };
      };
    };
    const [container] = spec.template.spec.containers;
    const [command, ...args] = [...container!.command, ...container!.args];
    const env = container!.env.map(({ name, value }) => [name, local(value)]);
    let printed = "";
    for (let run = 0; run < 2; run++) {
      const { code, stdout, stderr } = await new Deno.Command(command!, {
        args: args.map(local),
        cwd: folder.path,
        env: {
          ...Object.fromEntries(env),
          PATH: `${folder.path}/bin:${Deno.env.get("PATH")}`,
        },
        clearEnv: true,
        stdin: "null",
      }).output();
      strictEqual(code, 0, new TextDecoder().decode(stderr));
      printed += new TextDecoder().decode(stdout);
    }
    match(
      printed,
      /^nightly\n1\nrun 1 of nightly\nnightly\n2\nrun 2 of nightly\n$/,
    );
  } finally {
    server.kill("SIGTERM");
    await server.status;
  }
});
