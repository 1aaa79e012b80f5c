import { startHttpServer } from "../../tests/support/http_server.ts";
import { memoryStore } from "../datasources/memory/memory.ts";
import { Float, type Mapping, type Value } from "../values.ts";
import { loadFile } from "./files.ts";
import { CicdStateMgr } from "./manager.ts";
import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";

/** A folder with a config, secrets, an app config, and files around them. */
async function workplace(filesFrom?: (root: string) => string[]) {
  const root = await Deno.realPath(await Deno.makeTempDir());
  const before = Deno.cwd();
  for (
    const folder of ["work", "work/sub", "app", "shared", "other", "workshop"]
  ) {
    await Deno.mkdir(`${root}/${folder}`, { recursive: true });
    await Deno.writeTextFile(`${root}/${folder}/file.txt`, `in ${folder}`);
  }
  const config: Mapping = {
    datasources: {},
    ...filesFrom && { "files-from": filesFrom(root) },
  };
  await Deno.writeTextFile(
    `${root}/work/config.yaml`,
    JSON.stringify({ cicdstatemgr: config }),
  );
  await Deno.writeTextFile(
    `${root}/work/secrets.yaml`,
    JSON.stringify({ cicdstatemgr: { slack: { token: "xoxb-tide-4711" } } }),
  );
  const links = {
    "work/out": "../other",
    "work/in": "sub",
    "work/link.txt": "../other/file.txt",
    "work/innocent.yaml": "secrets.yaml",
    "work/null": "/dev/null",
  };
  for (const [path, target] of Object.entries(links)) {
    await Deno.symlink(target, `${root}/${path}`);
  }
  await Deno.link(`${root}/work/secrets.yaml`, `${root}/work/hard.yaml`);
  Deno.chdir(`${root}/work`);
  return {
    root,
    [Symbol.asyncDispose]: async () => {
      Deno.chdir(before);
      await Deno.remove(root, { recursive: true });
    },
  };
}

/** Lets an app config read a file when it is created, and by a generator. */
async function read(path: string, root: string): Promise<unknown[]> {
  const set = [{ from: `file://${path}`, to: "state.read" }];
  const generators = {
    g: { set: [{ key: "state.made", value: `file://${path}` }] },
  };
  await Deno.writeTextFile(
    `${root}/app/app.yaml`,
    JSON.stringify({
      "cicd-contexts": {
        stage: {
          generators,
          pipelines: {
            p: { "event-handlers": { go: { "set-values": { set } } } },
          },
        },
      },
    }),
  );
  await using manager = await CicdStateMgr.open({
    config: "config.yaml",
    secrets: "secrets.yaml",
    store: memoryStore(),
  });
  const handleEvent = { pipeline: "p", event: "go" };
  const appConfig = `${root}/app/app.yaml`;
  const created = await Promise.allSettled([
    manager.init("a1", { appConfig, handleEvent }),
  ]);
  const generated = await Promise.allSettled([
    manager.init("b2", { appConfig }).then(() =>
      manager.generate("b2", "generators")
    ),
  ]);
  return [...created, ...generated].map((result) => {
    if (result.status === "rejected") {
      return `${result.reason.code} ${result.reason.message}`;
    }
    const { read, made } = result.value["state"] as Mapping;
    return read ?? made;
  });
}

for (
  const [path, content] of [
    ["file.txt", "in work"],
    ["sub/file.txt", "in work/sub"],
    ["./sub/../file.txt", "in work"],
    ["in/file.txt", "in work/sub"],
    ["$ROOT/work/file.txt", "in work"],
  ] as const
) {
  Deno.test(`appFiles() reads ${path} below the working directory`, async () => {
    await using place = await workplace();
    const { root } = place;
    deepStrictEqual(
      await read(path.replace("$ROOT", root), root),
      [content, content],
    );
  });
}

Deno.test("appFiles() reads files beside the app config while a document is created", async () => {
  await using place = await workplace();
  const [created, generated] = await read("../app/file.txt", place.root);
  strictEqual(created, "in app");
  // The document does not say where its app config was.
  strictEqual(
    generated,
    'PERMISSION Cannot read file "../app/file.txt" of generators.g.set[0].value: ' +
      "it is outside the folders that app configs may read",
  );
});

for (
  const [path, why] of [
    ["../other/file.txt", /outside the folders/],
    ["../workshop/file.txt", /outside the folders/],
    ["$ROOT/other/file.txt", /outside the folders/],
    ["sub/../../other/file.txt", /outside the folders/],
    ["out/file.txt", /outside the folders/],
    ["link.txt", /outside the folders/],
    ["/etc/hostname", /outside the folders/],
    ["config.yaml", /must not read the config or the secrets/],
    ["secrets.yaml", /must not read the config or the secrets/],
    ["$ROOT/work/secrets.yaml", /must not read the config or the secrets/],
    ["sub/../secrets.yaml", /must not read the config or the secrets/],
    ["innocent.yaml", /must not read the config or the secrets/],
    ["hard.yaml", /must not read the config or the secrets/],
    ["/proc/self/environ", /must not read \/proc, \/sys, \/dev/],
    ["/proc/self/cwd/file.txt", /must not read \/proc, \/sys, \/dev/],
    ["/proc/../proc/version", /must not read \/proc, \/sys, \/dev/],
    ["//proc//version", /must not read \/proc, \/sys, \/dev/],
    ["/sys/kernel/ostype", /must not read \/proc, \/sys, \/dev/],
    ["/dev/stdin", /must not read \/proc, \/sys, \/dev/],
    ["/dev/null", /must not read \/proc, \/sys, \/dev/],
    ["null", /must not read \/proc, \/sys, \/dev/],
    ["sub", /it is not a regular file/],
    ["", /^INPUT Cannot read file "" of .*: Empty path is not allowed/],
    ["none.txt", /^INPUT Cannot read file "none\.txt" of .*: no such file$/],
    ["file.txt/x", /^INPUT /],
  ] as const
) {
  Deno.test(`appFiles() refuses ${path}`, async () => {
    await using place = await workplace();
    const { root } = place;
    for (const result of await read(path.replace("$ROOT", root), root)) {
      strictEqual(why.test(String(result)), true, String(result));
    }
  });
}

Deno.test("appFiles() reads no FIFO, which would never end", async () => {
  await using place = await workplace();
  const { root } = place;
  await new Deno.Command("mkfifo", { args: ["fifo"] }).output();
  for (const result of await read("fifo", root)) {
    strictEqual(/it is not a regular file$/.test(String(result)), true);
  }
});

for (
  const [path, content] of [
    ["../shared/file.txt", "in shared"],
    ["file.txt", "outside"],
    ["../app/file.txt", "outside"],
    ["secrets.yaml", "config or the secrets"],
  ] as const
) {
  Deno.test(`appFiles() reads ${path} only from files-from`, async () => {
    await using place = await workplace((root) => [
      `${root}/shared`,
      "no/such/folder",
    ]);
    for (const result of await read(path, place.root)) {
      strictEqual(String(result).includes(content), true, String(result));
    }
  });
}

Deno.test("appFiles() never reads secrets, even if files-from names their folder", async () => {
  await using place = await workplace(() => ["/"]);
  const { root } = place;
  const wide = await read("/etc/hostname", root);
  strictEqual(
    wide.every((result) => !String(result).includes("outside")),
    true,
  );
  for (const path of ["secrets.yaml", "/proc/self/environ", "/dev/null"]) {
    for (const result of await read(path, root)) {
      strictEqual(/must not read/.test(String(result)), true);
    }
  }
});

Deno.test("appFiles() reads nothing if files-from is empty", async () => {
  await using place = await workplace(() => []);
  for (const result of await read("file.txt", place.root)) {
    strictEqual(/outside the folders/.test(String(result)), true);
  }
});

Deno.test({
  name: "appFiles() names the permission that it lacks",
  permissions: { read: ["."], write: true, env: true, sys: true },
  async fn() {
    await using manager = await CicdStateMgr.open({
      config: { cicdstatemgr: { datasources: {} } },
      store: memoryStore(),
    });
    const set = [{ from: "file:///etc/hostname", to: "state.read" }];
    await manager.init("a1", {
      appConfig: {
        "cicd-contexts": {
          stage: {
            pipelines: {
              p: { "event-handlers": { go: { "set-values": { set } } } },
            },
          },
        },
      },
    });
    await rejects(manager.handleEvent("a1", { pipeline: "p", event: "go" }), {
      code: "PERMISSION",
      message: /Cannot read file "\/etc\/hostname" of .*: Deno was not allowed/,
      hint: "Run deno with --allow-read=/etc/hostname",
    });
  },
});

for (
  const [caFile, message] of [
    [
      "/dev/zero",
      /"\/dev\/zero" of notify\.http\.ca-file: .* \/proc, \/sys, \/dev/,
    ],
    ["../other/file.txt", /ca-file: it is outside the folders/],
    ["secrets.yaml", /ca-file: app configs must not read the config or the/],
    ["none.pem", /^Cannot read file "none\.pem" of notify\.http\.ca-file: no/],
  ] as const
) {
  Deno.test(`appFiles() keeps a handler from the ca-file ${caFile}`, async () => {
    await using place = await workplace();
    strictEqual(await Deno.realPath("."), `${place.root}/work`);
    await using server = startHttpServer();
    const notify = { message: "m", http: { "ca-file": caFile } };
    await using manager = await CicdStateMgr.open({
      config: {
        cicdstatemgr: {
          datasources: {},
          slack: { url: server.url },
          templates: { notify: "{}" },
        },
      },
      secrets: "secrets.yaml",
      store: memoryStore(),
    });
    const pipelines = { p: { "event-handlers": { go: { notify } } } };
    await manager.init("a1", {
      appConfig: { "cicd-contexts": { stage: { pipelines } } },
    });
    const event = { pipeline: "p", event: "go" };
    await rejects(manager.handleEvent("a1", event), { message });
    strictEqual(server.requests.length, 0);
  });
}

Deno.test("loadFile() reads JSON, then YAML as PyYAML does, then text", async () => {
  const folder = await Deno.makeTempDir();
  const cases: [string, Value][] = [
    ['{"a": [1, null]}', { a: [1, null] }],
    ['{\n\t"a": 1.0\n}', { a: new Float(1) }],
    ["[NaN]", [NaN]],
    ["a: yes\n", { a: true }],
    ["just words\n", "just words"],
    ["", null],
    ["null", null],
    ["42\n", 42],
    ["v1.2.3\n", "v1.2.3"],
    ["\n  42 passed\nin 3s\n", "42 passed in 3s"],
    ["# Title\n\nText\n", "Text"],
    // What PyYAML refuses stays as it is, with its line ends.
    ["one: two: three\r\nfour\r", "one: two: three\r\nfour\r"],
    ["web\t200\napi\t503\n", "web\t200\napi\t503\n"],
    ["a:\t1\n", "a:\t1\n"],
    ["&nbsp;text\n", "&nbsp;text\n"],
    [`${"k".repeat(1025)}: v\n`, `${"k".repeat(1025)}: v\n`],
    ["2021-13-45\n", "2021-13-45\n"],
    ["[a, b\n", "[a, b\n"],
    ["100%\n@home\n", "100% @home"],
    ["@home\n", "@home\n"],
    ["a\n---\nb\n", "a\n---\nb\n"],
  ];
  try {
    for (const [text, value] of cases) {
      const path = `${folder}/file`;
      await Deno.writeTextFile(path, text);
      deepStrictEqual(await loadFile(path, "--set state.a"), value, text);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
