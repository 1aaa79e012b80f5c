import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { makeCertificates } from "../support/certificates.ts";
import { createEventWorkspace } from "../support/event_workspace.ts";
import { startHttpServer, type TestServer } from "../support/http_server.ts";
import type { Ended, Workspace } from "../support/workspace.ts";

let certificates: string;

Deno.test.beforeAll(async () => {
  certificates = await Deno.makeTempDir({ prefix: "cicdstatemgr-tls-" });
  await makeCertificates(certificates);
});

Deno.test.afterAll(async () => {
  await Deno.remove(certificates, { recursive: true });
});

/** Starts a server whose certificate only the tests' authority vouches for. */
async function startPrivateServer(): Promise<TestServer> {
  const [cert = "", key = ""] = await Promise.all(
    ["server.crt", "server.key"].map((name) =>
      Deno.readTextFile(`${certificates}/${name}`)
    ),
  );
  const answer = () => Response.json({ ok: true });
  return startHttpServer(answer, { tls: { cert, key } });
}

async function prepare(url: string): Promise<Workspace> {
  return await createEventWorkspace({ notify: { message: "hello" } }, {
    datasources: { sqlite: { path: "state.db", isPrimary: true } },
    slack: { url },
    templates: { notify: "{}" },
    http: { retries: 0 },
  });
}

/** What the machine of the tests may have set. */
const NO_VARIABLES = {
  REQUESTS_CA_BUNDLE: "",
  CURL_CA_BUNDLE: "",
  SSL_CERT_FILE: "",
};

async function fire(
  url: string,
  env: Readonly<Record<string, string>>,
  permissions: readonly string[] = ["--allow-all"],
): Promise<Ended> {
  await using workspace = await prepare(url);
  workspace.env = { ...NO_VARIABLES, ...env };
  workspace.permissions = permissions;
  return await workspace.run("--handle-event", "board=go");
}

const SENT = { code: 0, stdout: "", stderr: "" };

for (
  const variable of ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"]
) {
  Deno.test(`an event trusts the authorities of ${variable}`, async () => {
    await using server = await startPrivateServer();
    const env = { [variable]: `${certificates}/ca.crt` };
    deepStrictEqual(await fire(server.url, env), SENT);
    strictEqual(server.requests.length, 1);
  });
}

Deno.test("an event trusts no authority that nothing names", async () => {
  await using server = await startPrivateServer();
  const { code, stderr } = await fire(server.url, {});
  strictEqual(code, 6);
  match(stderr, /^cicdstatemgr: Cannot deliver notify .*certificate.*\n$/);
  strictEqual(server.requests.length, 0);
});

Deno.test("an event reads the first of the variables only", async () => {
  await using server = await startPrivateServer();
  const { code } = await fire(server.url, {
    REQUESTS_CA_BUNDLE: `${certificates}/server.crt`,
    SSL_CERT_FILE: `${certificates}/ca.crt`,
  });
  strictEqual(code, 6);
});

const OWN_VARIABLES = "CICDSTATEMGR_CONFIG_PATH,CICDSTATEMGR_CONTEXT_DATA_ID";

for (
  const [about, permissions] of [
    ["the variable", [
      `--allow-env=${OWN_VARIABLES}`,
      "--allow-read",
      "--allow-write",
      "--allow-net",
    ]],
    ["its file", [
      `--allow-env=${OWN_VARIABLES},SSL_CERT_FILE`,
      "--allow-read=.",
      "--allow-write",
      "--allow-net",
    ]],
  ] as const
) {
  Deno.test(`an event does without authorities if it may not read ${about}`, async () => {
    await using server = await startPrivateServer();
    const env = { SSL_CERT_FILE: `${certificates}/ca.crt` };
    const { code, stderr } = await fire(server.url, env, permissions);
    strictEqual(code, 6);
    match(stderr, /^cicdstatemgr: Cannot deliver notify [^\n]*\n$/);
    match(stderr, /certificate/);
  });
}

for (
  const [about, file] of [
    ["does not exist", "none.pem"],
    ["holds no certificate", "server.key"],
    ["is a folder", "."],
  ] as const
) {
  Deno.test(`an event warns of a file of authorities that ${about}`, async () => {
    await using server = await startPrivateServer();
    const { code, stderr } = await fire(server.url, {
      CURL_CA_BUNDLE: `${certificates}/${file}`,
    });
    strictEqual(code, 6);
    match(stderr, /^cicdstatemgr: warning: Ignored CURL_CA_BUNDLE, .*PEM.*\n/);
    match(stderr, /\ncicdstatemgr: Cannot deliver notify .*certificate.*\n$/);
  });
}

for (const name of ["NO_PROXY", "no_proxy"]) {
  for (const value of ["*", "example.com, *"]) {
    Deno.test(`an event uses no proxy by ${name}=${value}`, async () => {
      await using server = startHttpServer();
      await using secured = await startPrivateServer();
      const nobody = "http://127.0.0.1:2";
      const env = {
        HTTP_PROXY: nobody,
        HTTPS_PROXY: nobody,
        SSL_CERT_FILE: `${certificates}/ca.crt`,
      };
      for (const { url } of [server, secured]) {
        strictEqual((await fire(url, env)).code, 6);
        deepStrictEqual(await fire(url, { ...env, [name]: value }), SENT);
        const named = url.replace("127.0.0.1", "localhost");
        deepStrictEqual(await fire(named, { ...env, [name]: value }), SENT);
      }
    });
  }
}
