import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../tests/support/cli_session.ts";

Deno.test("validate warns of settings that handlers need, and of names that YAML reads as booleans", async () => {
  await using session = await CliSession.create();
  await session.write(
    "app.yaml",
    `cicd-contexts:
  stage:
    pipelines:
      build:
        event-handlers:
          off:
            notify: {message: m}
            respond: {enabled: false, message: m}
          again:
            notify: {message: m}
            trigger-pipeline: {name: n}
      on: {}
`,
  );
  const { code, stdout } = await session.run(
    "validate",
    `${session.path}/app.yaml`,
  );
  strictEqual(code, 0);
  const found = stdout.trimEnd().replaceAll(`${session.path}/app.yaml:`, "");
  const [off, template, url, trigger, on, ...rest] = found.split("\n");
  match(off!, /^6:11: warning: .*handlers\.false" .*YAML makes of off/);
  match(template!, /^7:13: warning: .*needs "cicdstatemgr\.templates\.notify"/);
  match(url!, /^7:13: warning: .*needs "cicdstatemgr\.slack\.url", which/);
  match(trigger!, /^11:13: warning: .*needs "cicdstatemgr\.trigger\.url"/);
  match(on!, /^12:7: warning: .*pipelines\.true" .*YAML makes of on/);
  deepStrictEqual(rest, []);
});
