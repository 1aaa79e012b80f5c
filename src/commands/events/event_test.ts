import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { startHttpServer } from "../../../tests/support/http_server.ts";
import { CliSession } from "../../../tests/support/cli_session.ts";

const CONTEXT = {
  pipelines: {
    build: {
      "event-handlers": {
        go: {
          "set-values": {
            set: [{ from: "{{ state.a }}-{{ who }}", to: "state.by" }],
          },
        },
      },
    },
  },
};

Deno.test("event stores its changes, then runs the handlers", async () => {
  await using session = await CliSession.create(CONTEXT);
  const fired = await session.run(
    ...["event", "build", "go", "--set", "state.a=x", "--var", "who=ci"],
  );
  deepStrictEqual(fired, { code: 0, stdout: "", stderr: "" });
  strictEqual((await session.run("get", "state.by")).stdout, "x-ci\n");
});

/** A workspace whose event `build go` sends two messages. */
async function sending(url: string): Promise<CliSession> {
  const session = await CliSession.create({
    pipelines: {
      build: {
        "event-handlers": {
          go: { notify: { one: { message: "a" }, two: { message: "b" } } },
        },
      },
    },
  });
  const path = `${session.path}/config.yaml`;
  const more = `  slack: {url: "${url}/secret-path"}\n` +
    "  templates: {notify: '{}'}\n  http: {retries: 1}\n";
  await Deno.writeTextFile(path, more, { append: true });
  return session;
}

Deno.test("event says in a line each what was sent and what came back", async () => {
  await using server = startHttpServer((_, count) =>
    new Response("{}", { status: count === 2 ? 503 : 200 })
  );
  await using session = await sending(server.url);
  for (
    const args of [["event", "build", "go"], ["load", "--event", "build=go"]]
  ) {
    const { code, stdout, stderr } = await session.run(...args);
    deepStrictEqual([code, stdout], [0, ""]);
    const [one, two, ...rest] = stderr.replaceAll(server.url, "URL").split(
      "\n",
    );
    match(
      one!,
      /^cicdstatemgr: Sent notify\.one to URL.*: status 200 in \d+ ms\.$/,
    );
    match(two!, /^cicdstatemgr: Sent notify\.two to URL.*: status 200 in /);
    deepStrictEqual(rest, [""]);
  }
  strictEqual(server.requests.length, 5);
});

Deno.test("event says nothing of what was sent at a higher log level, or with the old flags", async () => {
  await using server = startHttpServer();
  await using session = await sending(server.url);
  for (
    const args of [
      ["event", "build", "go", "--log-level", "WARNING"],
      ["--handle-event", "build=go"],
      ["--load", "--handle-event", "build=go"],
    ]
  ) {
    deepStrictEqual(await session.run(...args), {
      code: 0,
      stdout: "",
      stderr: "",
    });
  }
});

Deno.test("event --dry-run prints the address of a webhook only with --show-urls", async () => {
  const url = "http://127.0.0.1:2";
  await using session = await sending(url);
  const args = ["event", "build", "go", "--dry-run"];
  const hidden = await session.run(...args);
  match(
    hidden.stdout,
    /^notify\.one would send POST http:\/\/127\.0\.0\.1:2\/\*\*\*\n/,
  );
  const shown = await session.run(...args, "--show-urls");
  strictEqual(shown.stdout, hidden.stdout.replaceAll("/***", "/secret-path"));
  strictEqual(
    (await session.run("event", "build", "go", "--show-urls")).code,
    2,
  );
});

Deno.test("event warns of what was refused, and says no more of it", async () => {
  await using server = startHttpServer((_, count) =>
    new Response("{}", { status: count === 1 ? 404 : 200 })
  );
  await using session = await sending(server.url);
  const { code, stderr } = await session.run("event", "build", "go");
  strictEqual(code, 0);
  match(
    stderr,
    /^[^\n]*warning: Cannot deliver notify\.one [^\n]*\n[^\n]*Sent notify\.two [^\n]*\n$/,
  );
});

Deno.test("event that the pipeline does not have stores no change", async () => {
  await using session = await CliSession.create(CONTEXT);
  for (
    const args of [
      ["build", "gone", "--set", "state.a=x"],
      ["biuld", "go", "--set", "state.a=x"],
      ["build", "gone", "--if-revision", "1"],
    ]
  ) {
    strictEqual((await session.run("event", ...args)).code, 3);
  }
  const { stdout } = await session.run("list", "--output", "json");
  match(JSON.parse(stdout)[0].revision, /^1-/);
});

Deno.test("event stores its changes with --if-present, whether there is a handler or not", async () => {
  await using session = await CliSession.create(CONTEXT);
  const { code, stderr } = await session.run(
    ...["event", "build", "gone", "--if-present", "--set", "state.a=x"],
  );
  strictEqual(code, 0);
  match(stderr, /no event "gone", so no handler ran\. Known events: go\.\n$/);
  strictEqual((await session.run("get", "state.a")).stdout, "x\n");
});

Deno.test("event finds an event that its own change adds", async () => {
  await using session = await CliSession.create(CONTEXT);
  const { code } = await session.run(
    ...["event", "build", "new", "--set-json"],
    'pipelines.build.event-handlers.new={"set-values":{"set":[{"from":"1","to":"state.b"}]}}',
  );
  strictEqual(code, 0);
  strictEqual((await session.run("get", "state.b")).stdout, "1\n");
});

Deno.test("event lets one of two callers through with --if-absent", async () => {
  await using session = await CliSession.create(CONTEXT);
  const args = ["event", "build", "go", "--set", "state.a=x", "--if-absent"];
  const codes = [await session.run(...args), await session.run(...args)];
  deepStrictEqual(codes.map(({ code }) => code), [0, 4]);
});

Deno.test("event --if-revision runs nothing on another revision", async () => {
  await using session = await CliSession.create(CONTEXT);
  const stale = await session.run("event", "build", "go", "--if-revision", "7");
  strictEqual(stale.code, 4);
  strictEqual((await session.run("exists", "state.by", "--fresh")).code, 3);
});

Deno.test("event --dry-run prints what would be set, and stores nothing", async () => {
  await using session = await CliSession.create(CONTEXT);
  const { stdout } = await session.run(
    ...["event", "build", "go", "--dry-run", "--set", "state.a=x"],
  );
  strictEqual(
    stdout,
    'Would set state.a to "x"\n\nWould set state.by to "x-"\n',
  );
  strictEqual((await session.run("exists", "state.a", "--fresh")).code, 3);
});

Deno.test("event of an unknown pipeline exits with 3", async () => {
  await using session = await CliSession.create(CONTEXT);
  const { code, stderr } = await session.run("event", "biuld", "go");
  strictEqual(code, 3);
  match(stderr, /pipeline "biuld".*Did you mean "build"\?/);
});

Deno.test("event that the pipeline does not have exits with 3, or does nothing with --if-present", async () => {
  await using session = await CliSession.create(CONTEXT);
  const { code, stderr } = await session.run("event", "build", "gone");
  strictEqual(code, 3);
  match(stderr, /"build" has no event "gone"\. Known events: go\.\n$/);
  const args = ["event", "build", "gone", "--if-present"];
  const passed = await session.run(...args);
  strictEqual(passed.code, 0);
  match(passed.stderr, /no event "gone", so no handler ran/);
});

Deno.test("event fails if a template does, and sets nothing, unless --lenient is given", async () => {
  await using session = await CliSession.create(CONTEXT);
  const args = ["event", "build", "go", "--var", "who=x", "--set"];
  const handlers = "pipelines.build.event-handlers.go.set-values.set";
  await session.run(
    ...[
      "set",
      "--json",
      `${handlers}=[{"from":"{{ 1 / 0 }}","to":"state.by"}]`,
    ],
  );
  const strict = await session.run(...args, "state.a=x");
  strictEqual(strict.code, 7);
  match(strict.stderr, /division/);
  strictEqual((await session.run("exists", "state.by", "--fresh")).code, 3);
  const lenient = await session.run(...args, "state.a=x", "--lenient");
  strictEqual(lenient.code, 0);
  strictEqual((await session.run("exists", "state.by", "--fresh")).code, 0);
});

Deno.test("event --dry-run that fails does not say that nothing would be sent", async () => {
  await using session = await CliSession.create({
    pipelines: {
      build: {
        "event-handlers": {
          go: { "set-values": { set: [{ from: "{{ no.such }}", to: "a" }] } },
          none: { "set-values": null },
        },
      },
    },
  });
  const failed = await session.run("event", "build", "go", "--dry-run");
  deepStrictEqual([failed.code, failed.stdout], [7, ""]);
  const none = await session.run("event", "build", "none", "--dry-run");
  deepStrictEqual(none, {
    code: 0,
    stdout: "Nothing would be sent or set.\n",
    stderr: "",
  });
  const { stderr } = await session.run(
    "event",
    "build",
    "other",
    "--if-present",
  );
  match(stderr, /so no handler ran\. Known events: go, none\.\n$/);
});

/** Sets a value, then has a template that fails. */
const FAILING = {
  pipelines: {
    build: {
      "event-handlers": {
        go: {
          "set-values": {
            before: { set: [{ from: "1", to: "state.before" }] },
            broken: { set: [{ from: "{{ [1] | nosuch }}", to: "state.a" }] },
          },
        },
      },
    },
  },
};

Deno.test("event stores nothing that handlers set if a template fails before anything is sent", async () => {
  await using session = await CliSession.create(FAILING);
  for (
    const args of [
      ["event", "build", "go"],
      ["load", "--event", "build=go", "--set", "state.a=x"],
    ]
  ) {
    const { code, stderr } = await session.run(...args);
    strictEqual(code, 7);
    match(
      stderr,
      /^cicdstatemgr: Cannot run set-values\.broken: .*line 1, column/,
    );
  }
  strictEqual(
    (await session.run("keys", "state", "--fresh")).stdout,
    "cicdContextDataId\ncicdContextName\n",
  );
});

Deno.test("templates-on-error decides for the old flags, and --lenient for the commands", async () => {
  await using session = await CliSession.create({ broken: "{{ 1 / 0 }}" });
  const path = `${session.path}/config.yaml`;
  const old = ["--get", "broken"];
  const text = await session.run(...old);
  deepStrictEqual([text.code, text.stdout], [
    0,
    "<jinja2 parse error> {{ 1 / 0 }}\n",
  ]);
  await Deno.writeTextFile(path, "  templates-on-error: fail\n", {
    append: true,
  });
  const failed = await session.run(...old);
  deepStrictEqual([failed.code, failed.stdout], [7, ""]);
  match(failed.stderr, /^cicdstatemgr: Cannot render "broken": .*division/);
  strictEqual((await session.run("get", "broken")).code, 7);
  const lenient = await session.run("get", "broken", "--lenient");
  strictEqual(lenient.code, 0);
});

Deno.test("--strict-undefined makes undefined variables errors that name the handler", async () => {
  await using session = await CliSession.create({
    ...CONTEXT,
    greeting: "{{ nobody }}",
    generators: { a: { set: [{ key: "state.g", value: "{{ nobody }}" }] } },
  });
  for (
    const [args, message] of [
      [["get", "greeting"], /"greeting".*'nobody' is undefined/],
      [["event", "build", "go"], /set-values: .*no attribute 'a'/],
      [["load", "--event", "build=go"], /set-values: .*no attribute 'a'/],
      [["generate", "generators"], /a.*'nobody' is undefined/],
    ] as const
  ) {
    strictEqual((await session.run(...args)).code, 0);
    const { code, stdout, stderr } = await session.run(
      ...args,
      "--strict-undefined",
    );
    deepStrictEqual([code, stdout], [7, ""]);
    match(stderr, message);
  }
});

Deno.test("event names the key whose template fails, in the handler or in the config", async () => {
  const notify = (message: string) => ({ notify: { message } });
  await using session = await CliSession.create({
    pipelines: {
      build: {
        "event-handlers": {
          app: notify("{{ 1 / 0 }}"),
          config: notify("m"),
          set: { "set-values": { set: [{ from: "{{ 1 / 0 }}", to: "a" }] } },
          when: { "set-values": { a: { if: "{{ 1 / 0 }}", set: [] } } },
        },
      },
    },
  });
  const more = '  slack: {url: "http://127.0.0.1:2"}\n' +
    "  templates: {notify: '{{ 1 / 0 }}'}\n";
  const path = `${session.path}/config.yaml`;
  await Deno.writeTextFile(path, more, { append: true });
  for (
    const [event, key] of [
      ["app", 'notify: Cannot render "message"'],
      ["config", 'notify: Cannot render "cicdstatemgr.templates.notify"'],
      [
        "set",
        'set-values: Cannot render "pipelines.build.event-handlers.set.set-values.set[0].from"',
      ],
      [
        "when",
        'set-values.a: Cannot render "pipelines.build.event-handlers.when.set-values.a.if"',
      ],
    ] as const
  ) {
    const { code, stderr } = await session.run("event", "build", event);
    strictEqual(code, 7);
    strictEqual(
      stderr.startsWith(
        `cicdstatemgr: Cannot run ${key}: division by zero (line 1, column`,
      ),
      true,
      stderr,
    );
  }
});
