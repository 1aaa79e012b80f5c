import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";
import { freePort, startRedis } from "../../../tests/support/redis_server.ts";
import { Workspace } from "../../../tests/support/workspace.ts";
import type { Check } from "./diagnose.ts";

/** Runs doctor on a config, and returns its checks that are not right. */
async function findings(
  session: CliSession,
  datasources: string,
): Promise<{ readonly code: number; readonly wrong: Check[] }> {
  await session.write(
    "config.yaml",
    `cicdstatemgr:\n  datasources:\n    ${datasources}\n`,
  );
  const { code, stdout, stderr } = await session.run(
    "doctor",
    "--output",
    "json",
  );
  strictEqual(stderr, "");
  const checks: Check[] = JSON.parse(stdout);
  return { code, wrong: checks.filter(({ status }) => status !== "ok") };
}

Deno.test("doctor finds nothing wrong, and leaves no document behind", async () => {
  await using session = await CliSession.create();
  const { code, stdout, stderr } = await session.run("doctor");
  deepStrictEqual([code, stderr], [0, ""]);
  match(
    stdout,
    /^ok {2}config +\S+config\.yaml: valid\.\nok {2}permissions +All are granted\.\nok {2}datasource "sqlite" +primary, sqlite [\d.]+, \S+\nok {2}datasource "jsonfile" +mirror, jsonfile, \S+\n$/,
  );
  match((await session.run("list")).stdout, /^run-1 [^\n]*\n$/);
});

Deno.test("doctor checks Redis: version, rights, and a document of its own", async () => {
  await using redis = await startRedis();
  await using session = await CliSession.create();
  await session.write(
    "config.yaml",
    `cicdstatemgr: {datasources: {redis: {port: ${redis.port}, isPrimary: true}}}`,
  );
  const { code, stdout } = await session.run("doctor");
  strictEqual(code, 0, stdout);
  match(stdout, /ok {2}datasource "redis" +primary, redis \d+\.\d+[\d.]*\.\n$/);
  strictEqual((await session.run("list")).stdout, "");
});

/** Datasources, what is wrong with them, and how to fix it. */
const BROKEN: readonly (readonly [string, string, RegExp, RegExp])[] = [
  [
    "a server that does not run",
    `redis: {port: ${freePort()}, connect-timeout-ms: 200, isPrimary: true}`,
    /Cannot use redis localhost:\d+\/0: /,
    /Check that the server runs/,
  ],
  [
    "a mirror that cannot be written",
    `sqlite: {path: "@DIR@/state.db", isPrimary: true}
    shellfile: {path: "@DIR@/config.yaml/x.sh"}`,
    /shellfile/,
    /./,
  ],
  [
    "a database that is not one",
    'sqlite: {path: "@DIR@/app.yaml", isPrimary: true}',
    /app\.yaml/,
    /./,
  ],
  [
    "a mirror in a server that does not run",
    `sqlite: {path: "@DIR@/state.db", isPrimary: true}
    redis: {port: ${freePort()}, connect-timeout-ms: 200}`,
    /Cannot use redis/,
    /Check that the server runs/,
  ],
];

for (const [name, datasources, message, hint] of BROKEN) {
  Deno.test(`doctor reports ${name}, and how to fix it`, async () => {
    await using session = await CliSession.create();
    const { code, wrong } = await findings(session, datasources);
    strictEqual(code, 1);
    const errors = wrong.filter(({ status }) => status === "error");
    strictEqual(errors.length, 1);
    match(errors[0]!.message, message);
    match(errors[0]!.hint ?? "", hint);
  });
}

Deno.test("doctor reports every mistake of the config, and opens nothing then", async () => {
  await using session = await CliSession.create();
  const { code, wrong } = await findings(
    session,
    'sqlite: {path: "@DIR@/new.db", isPrimray: true}\n  slack: {url: 3}',
  );
  strictEqual(code, 1);
  deepStrictEqual(wrong.map(({ what }) => what), ["config", "config"]);
  match(wrong[0]!.message, /config\.yaml:3: .*isPrimray/);
  match(wrong[1]!.message, /config\.yaml:4: .*slack\.url/);
});

Deno.test("doctor warns of secrets that others can read, and exits with 0", async () => {
  await using session = await CliSession.create();
  const secrets = `${session.path}/secrets.yaml`;
  await session.write("secrets.yaml", "cicdstatemgr: {slack: {token: abc}}");
  const args = ["doctor", "--secrets", secrets];
  await Deno.chmod(secrets, 0o640);
  const warned = await session.run(...args);
  strictEqual(warned.code, 0);
  match(
    warned.stdout,
    /warning {2}file modes .* Run chmod 600 \S+secrets\.yaml/,
  );
  await Deno.chmod(secrets, 0o600);
  strictEqual((await session.run(...args)).stdout.includes("warning"), false);
});

Deno.test("doctor names the permissions that are missing", async () => {
  await using workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: { sqlite: { path: "store/s.db", isPrimary: true } },
        slack: { url: "https://chat.example" },
      },
    },
  });
  workspace.permissions = ["--allow-read", "--allow-env"];
  const { code, stdout } = await workspace.run("doctor");
  strictEqual(code, 1);
  match(stdout, /error +permissions .* Run deno with --allow-write=store\./);
  match(stdout, /error +permissions .* --allow-net=chat\.example:443\./);
  match(stdout, /error +datasource "sqlite" .*--allow-write=store/);
});

Deno.test("doctor needs a config", async () => {
  await using session = await CliSession.create();
  const env = { CICDSTATEMGR_CONFIG_PATH: "" };
  const { code, stderr } = await session.call(["doctor"], { env });
  strictEqual(code, 2);
  match(stderr, /--config is missing/);
});
