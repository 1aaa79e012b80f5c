import { match, ok, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

const KEY = new Uint8Array(32).toBase64();

/** Returns a config like that of a session, with encryption. */
function configWith(encryption: string): string {
  return `cicdstatemgr:
  encryption: ${encryption}
  datasources:
    sqlite: {path: "@DIR@/state.db", isPrimary: true}
    jsonfile: {path: "@DIR@/state.json"}
`;
}

async function readAll({ path }: CliSession): Promise<string> {
  const texts = [];
  for (const name of ["state.db", "state.db-wal", "state.json"]) {
    const bytes = await Deno.readFile(`${path}/${name}`).catch(() => undefined);
    texts.push(new TextDecoder("latin1").decode(bytes));
  }
  return texts.join();
}

/** A session whose documents were written before encryption was turned on. */
async function createPlain(encryption: string): Promise<CliSession> {
  const session = await CliSession.create();
  await session.run("init", "run-2");
  await session.run("set", "a=lighthouse", "--id", "run-2");
  await session.run("set", "a=lighthouse");
  ok((await readAll(session)).includes("lighthouse"));
  await session.write("config.yaml", configWith(encryption));
  return session;
}

Deno.test("reseal encrypts every document, its history and its mirror", async () => {
  await using session = await createPlain(`{keys: [${KEY}]}`);
  const refused = await session.run("set", "b=c");
  strictEqual(refused.code, 1);
  match(
    refused.stderr,
    /Cannot read "run-1" from sqlite .*: it is not encrypted\. .*cicdstatemgr reseal/,
  );
  const { code, stderr } = await session.run("reseal");
  strictEqual(
    stderr.replaceAll(/^cicdstatemgr: Encrypted document "run-\d"\n/gm, ""),
    "",
  );
  strictEqual(code, 0);
  ok(!(await readAll(session)).includes("lighthouse"));
  const read = await session.run("get", "a");
  strictEqual(`${read.stdout}${read.stderr}`, "lighthouse\n");
  const other = await session.run("get", "a", "--id", "run-2", "--fresh");
  strictEqual(other.stdout, "lighthouse\n");
  const history = await session.run("history");
  match(history.stdout, /tester@host .*reseal/);
});

Deno.test("accept-plain reads what is not encrypted, with a warning each time", async () => {
  await using session = await createPlain(
    `{keys: [${KEY}], accept-plain: true}`,
  );
  for (let n = 0; n < 2; n++) {
    const { code, stdout, stderr } = await session.run("get", "a");
    strictEqual(code, 0);
    strictEqual(stdout, "lighthouse\n");
    match(
      stderr,
      /^cicdstatemgr: warning: Read jsonfile .*, which is not encrypted\.\n$/,
    );
  }
  await session.run("set", "b=c");
  ok(!(await readAll(session)).includes("lighthouse"));
  const { stderr } = await session.run("get", "b");
  strictEqual(stderr, "");
});

Deno.test("reseal says what is missing", async () => {
  await using session = await CliSession.create();
  const none = await session.run("reseal");
  strictEqual(none.code, 1);
  match(none.stderr, /configures no encryption\. Set encryption\.key-env/);
  await session.write("config.yaml", configWith(`{keys: [${KEY}]}`));
  const unknown = await session.run("reseal", "run-9", "run-1");
  strictEqual(unknown.code, 3);
  match(unknown.stderr, /No document "run-9"/);
  strictEqual((await session.run("get", "state.cicdContextName")).code, 0);
});

Deno.test("doctor reports documents that are not encrypted yet, or with another key", async () => {
  await using session = await createPlain(`{keys: [${KEY}]}`);
  const plain = await session.run("doctor");
  strictEqual(plain.code, 1);
  match(plain.stdout, /^error +datasource "sqlite" .*is not encrypted/m);
  await session.run("reseal");
  strictEqual((await session.run("doctor")).code, 0);
  const other = new Uint8Array(32).fill(1).toBase64();
  await session.write("config.yaml", configWith(`{keys: [${other}]}`));
  const foreign = await session.run("doctor");
  strictEqual(foreign.code, 1);
  match(foreign.stdout, /^error +datasource "sqlite"/m);
});
