import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

/** Datasources and sections, and what they need. */
const CASES: readonly (readonly [string, string, unknown])[] = [
  ["a file in the working directory", "sqlite: {path: s.db, isPrimary: true}", {
    write: ["."],
  }],
  [
    "folders, the outermost of them",
    `sqlite: {path: a/b/s.db, isPrimary: true}
    jsonfile: {path: ./a/m.json}
    shellfile: {path: ../x/m.sh}`,
    { write: ["a", "../x"] },
  ],
  ["a server", "redis: {host: cache, port: 7000, isPrimary: true}", {
    net: ["cache:7000"],
  }],
  ["a URL", 'redis: {url: "rediss://u:p@cache", isPrimary: true}', {
    net: ["cache:6379"],
  }],
  [
    "nodes and certificates",
    'redis: {cluster: ["a:1", "[::1]:2"], tls: {ca-file: ca/ca.pem}, isPrimary: true}',
    { net: ["a:1", "[::1]:2"], read: ["ca/ca.pem"] },
  ],
  [
    "sentinels",
    'redis: {sentinels: ["a:1"], isPrimary: true}',
    { net: ["a:1"] },
  ],
  ["a socket", "redis: {unix-socket: run/redis.sock, isPrimary: true}", {
    net: ["unix:run/redis.sock"],
    write: ["run/redis.sock"],
  }],
  [
    "what events send to and read",
    `redis: {host: cache, isPrimary: true}
  slack: {url: "https://chat.example/hook", token-hosts: ["*.chat.example"]}
  trigger: {url: "http://ci.example:8080/x"}
  http: {ca-file: ca.pem}
  files-from: [shared]`,
    {
      net: [
        ...["cache:6379", "chat.example:443", "ci.example:8080"],
        "*.chat.example",
      ],
      read: ["ca.pem", "shared"],
    },
  ],
];

for (const [name, datasources, expected] of CASES) {
  Deno.test(`permissions finds ${name}`, async () => {
    await using session = await CliSession.create();
    await session.write(
      "config.yaml",
      `cicdstatemgr:\n  datasources:\n    ${datasources}\n`,
    );
    const { stdout, stderr } = await session.run(
      ...["permissions", "--output", "json"],
    );
    strictEqual(stderr, "");
    const { read, env: _env, ...others } = JSON.parse(stdout);
    const { read: files = [], write = [], ...rest } = expected as Record<
      string,
      string[]
    >;
    deepStrictEqual(others, write.length > 0 ? { ...rest, write } : rest);
    deepStrictEqual(
      read.toSorted(),
      [
        `${session.path}/config.yaml`,
        `${session.path}/app.yaml`,
        ...files,
        ...write,
      ].toSorted(),
    );
  });
}

Deno.test("permissions --for depends on the command", async () => {
  await using session = await CliSession.create();
  await session.write(
    "config.yaml",
    `cicdstatemgr:
  datasources:
    sqlite: {path: store/s.db, isPrimary: true}
    jsonfile: {path: mirror/s.json}
  slack: {url: "https://chat.example"}
`,
  );
  const cases: [string, Record<string, unknown>][] = [
    ["get", { write: ["store", "mirror"] }],
    ["history", { write: ["store"] }],
    ["validate", {}],
    ["event", { write: ["store", "mirror"], net: ["chat.example:443"] }],
    ["exec", { write: ["store", "mirror"], run: true }],
  ];
  for (const [command, expected] of cases) {
    const { stdout } = await session.run(
      ...["permissions", "--output", "json", "--for", command],
    );
    const { read: _read, env: _env, ...others } = JSON.parse(stdout);
    deepStrictEqual(others, expected, command);
  }
});

Deno.test("permissions prints flags that a shell and Deno read", async () => {
  await using session = await CliSession.create();
  await session.write(
    "config.yaml",
    `cicdstatemgr: {datasources: {sqlite: {path: "/a b,c/s.db", isPrimary: true}}}`,
  );
  const { stdout } = await session.run("permissions", "--for", "list");
  match(
    stdout,
    /^'--allow-read=\/[^ ]*config\.yaml,\/a b,,c' '--allow-write=\/a b,,c'\s/,
  );
});

Deno.test("permissions refuses an unknown command, and needs a config", async () => {
  await using session = await CliSession.create();
  const unknown = await session.run("permissions", "--for", "gte");
  strictEqual(unknown.code, 2);
  match(unknown.stderr, /Unknown command "gte"/);
  const env = { CICDSTATEMGR_CONFIG_PATH: "" };
  const none = await session.call(["permissions"], { env });
  strictEqual(none.code, 2);
  match(none.stderr, /--config is missing/);
});
