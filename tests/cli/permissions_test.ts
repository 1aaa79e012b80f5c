// Every command works with the permissions that `permissions` prints, and says
// which flag is missing without one of them.
import { strictEqual } from "node:assert/strict";
import { startHttpServer } from "../support/http_server.ts";
import { type Ended, Workspace } from "../support/workspace.ts";

type Permissions = Readonly<Record<string, readonly string[] | true>>;

/** A variable that Deno may not read counts as unset, so this is a flag. */
const SECRETS = ["--secrets", "secrets.yaml"];

const INIT = "--app-config app/app.yaml --bases-dir app/bases --replace";

/** Lines that together need every permission of their command. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  init: [`init run-1 ${INIT} --event build=done`],
  load: ["load --event build=done"],
  list: ["list"],
  remove: ["remove run-1 --yes"],
  get: ["get state.tag"],
  exists: ["exists state.tag"],
  keys: ["keys state"],
  set: ["set state.tag=v2"],
  append: ["append state.list x"],
  increment: ["increment state.n"],
  delete: ["delete state.gone"],
  edit: ["edit state.tag"],
  generate: ["generate generators"],
  export: ["export state --format json"],
  exec: ["exec state -- true"],
  wait: ["wait state.tag"],
  lock: ["lock deploy -- true"],
  once: ["once migrate -- true"],
  event: ["event build done"],
  history: ["history"],
  diff: ["diff"],
  rollback: ["rollback 1"],
  reseal: ["reseal"],
  validate: ["validate", "validate app/app.yaml --bases-dir app/bases"],
};

/** Commands that cannot run twice on the same document. */
const CONSUMERS = ["remove", "delete", "edit"];

/** Commands that read the mirror, and fill it if it is empty. */
const MIRROR_READERS = ["get", "exists", "keys", "export", "exec"];

async function prepare(url: string): Promise<Workspace> {
  const workspace = await Workspace.create({
    "config.yaml": {
      cicdstatemgr: {
        datasources: {
          sqlite: { path: "store/state.db", isPrimary: true },
          jsonfile: { path: "mirror/state.json" },
        },
        encryption: { "key-env": "STATE_KEY" },
        slack: { url },
        templates: { notify: '{"text": {{ notify.message | json_dumps }}}' },
      },
    },
    "secrets.yaml": { cicdstatemgr: { slack: { token: "hunter-two" } } },
    "app/app.yaml": {
      bases: ["base.yaml"],
      "cicd-contexts": {
        stage: {
          generators: { a: { set: [{ key: "state.made", value: "x" }] } },
          pipelines: {
            build: { "event-handlers": { done: { notify: { message: "m" } } } },
          },
        },
      },
    },
    "app/bases/base.yaml": {},
    "tmp/x": "",
  });
  workspace.env = {
    STATE_KEY: btoa("k".repeat(32)),
    EDITOR: "sed -i s/v1/v2/",
    TMPDIR: `${workspace.path}/tmp`,
  };
  return workspace;
}

/** Creates the document and its mirror. */
async function reset(workspace: Workspace): Promise<void> {
  workspace.permissions = ["--allow-all"];
  const { code, stderr } = await workspace.run(
    ...["init", "run-1", ...INIT.split(" ")],
    ...["--set", "state.tag=v1", "--set", "state.gone=x"],
  );
  strictEqual(code, 0, stderr);
}

/** Returns what `permissions` prints for a command. */
async function permissionsFor(
  workspace: Workspace,
  name: string,
): Promise<Permissions> {
  const { stdout, stderr } = await workspace.run(
    ...["permissions", "--for", name, "--output", "json"],
    ...SECRETS,
    ...["--app-config", "app/app.yaml", "--bases-dir", "app/bases"],
  );
  strictEqual(stderr, "");
  return JSON.parse(stdout);
}

function toFlags(permissions: Permissions): string[] {
  return Object.entries(permissions).flatMap(([name, items]) => {
    if (items === true) return [`--allow-${name}`];
    return items.length === 0 ? [] : [`--allow-${name}=${items.join(",")}`];
  });
}

/** Returns the permissions without each of their items in turn. */
function* withoutEach(
  permissions: Permissions,
): Generator<[kind: string, item: string, rest: Permissions]> {
  for (const [kind, items] of Object.entries(permissions)) {
    if (items === true) {
      yield [kind, "any", { ...permissions, [kind]: [] }];
      continue;
    }
    for (const item of items) {
      // Without it, edit takes /tmp.
      if (item === "TMPDIR") continue;
      const rest = items.filter((other) => other !== item);
      yield [kind, item, { ...permissions, [kind]: rest }];
    }
  }
}

/** Runs a line with some permissions. */
async function runWith(
  workspace: Workspace,
  permissions: Permissions,
  line: string,
): Promise<Ended> {
  workspace.permissions = toFlags(permissions);
  const [name = "", ...args] = line.split(" ");
  return await workspace.run(name, ...SECRETS, ...args);
}

Deno.test("every command works with the permissions that it needs, and names the one that is missing", async (test) => {
  await using server = startHttpServer(() => Response.json({ ok: true }));
  await using workspace = await prepare(server.url);
  await reset(workspace);
  for (const [name, lines] of Object.entries(LINES)) {
    await test.step(name, async () => {
      await reset(workspace);
      const permissions = await permissionsFor(workspace, name);
      for (const [kind, item, rest] of withoutEach(permissions)) {
        let isNamed = false;
        for (const line of lines) {
          if (CONSUMERS.includes(name)) await reset(workspace);
          if (MIRROR_READERS.includes(name)) {
            await Deno.remove(`${workspace.path}/mirror/state.json`)
              .catch(() => {});
          }
          const { code, stdout, stderr } = await runWith(workspace, rest, line);
          const names = (stdout + stderr).includes(`--allow-${kind}`);
          const what = `${line} without ${kind} ${item}: ${stderr}`;
          // A mirror that cannot be read or written is a warning to readers.
          strictEqual(code === 0 || names, true, what);
          isNamed ||= names;
        }
        strictEqual(isNamed, true, `${name} needs no ${kind} ${item}`);
      }
      await reset(workspace);
      for (const line of lines) {
        const { code, stderr } = await runWith(workspace, permissions, line);
        strictEqual(code, 0, `${line}: ${stderr}`);
      }
    });
  }
});
