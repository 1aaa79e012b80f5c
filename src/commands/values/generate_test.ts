import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../../tests/support/cli_session.ts";

const CONTEXT = {
  generators: {
    image: { set: [{ key: "state.image", value: "app:{{ tag }}" }] },
  },
};

Deno.test("generate stores what the generators set", async () => {
  await using session = await CliSession.create(CONTEXT);
  const made = await session.run("generate", "generators", "--var", "tag=v1");
  deepStrictEqual(made, { code: 0, stdout: "", stderr: "" });
  strictEqual((await session.run("get", "state.image")).stdout, "app:v1\n");
});

Deno.test("generate keeps what is there with --if-absent and --if-revision", async () => {
  await using session = await CliSession.create(CONTEXT);
  await session.run("set", "state.image=old");
  for (const condition of [["--if-absent"], ["--if-revision", "1"]]) {
    const { code } = await session.run("generate", "generators", ...condition);
    strictEqual(code, 4);
  }
  const got = await session.run("get", "state.image");
  strictEqual(got.stdout, "old\n");
});

Deno.test("generate of a path that finds nothing is an error", async () => {
  await using session = await CliSession.create(CONTEXT);
  const { code, stderr } = await session.run("generate", "statte");
  strictEqual(code, 3);
  match(
    stderr,
    /Nothing at "statte" in document "run-1"\. Did you mean "state"/,
  );
});

Deno.test("generate fails if a template does, and stores nothing", async () => {
  await using session = await CliSession.create({
    g: { a: { set: [{ key: "state.image", value: "{{ 1 / 0 }}" }] } },
  });
  const { code } = await session.run("generate", "g");
  strictEqual(code, 7);
  strictEqual((await session.run("exists", "state.image")).code, 3);
  strictEqual((await session.run("generate", "g", "--lenient")).code, 0);
});
