import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { object, required } from "../schema/composite.ts";
import { type Problem, readValue, string } from "../schema/schema.ts";
import type { Mapping } from "../values.ts";
import type { PrimaryExtras } from "./declaration.ts";
import {
  type Datasource,
  type DatasourceKind,
  defineKind,
  KEEPING_KEYS,
  PRIMARY_KEYS,
  SECTION_KEYS,
} from "./kind.ts";
import { memoryStore } from "./memory/memory.ts";
import type { StoreExtras } from "./shared/extras.ts";

/** What a kind was opened with. */
interface Opened {
  how: string;
  options: object;
  extras: object;
  client?: unknown;
}

const opened: Opened[] = [];
const store = memoryStore();

/** A kind that can do everything. */
const full = defineKind({
  name: "full",
  description: "It can do everything.",
  options: object({
    ...KEEPING_KEYS,
    "path": required(string()),
    "some-key": string(),
  }),
  path: ({ path }) => path,
  store: {
    can: ["expire documents", "list documents"],
    open(options, extras) {
      opened.push({ how: "store", options, extras });
      return Promise.resolve(store);
    },
    openWith(options, client, extras) {
      opened.push({ how: "client", options, extras, client });
      return Promise.resolve(store);
    },
  },
  mirror: {
    isReadable: true,
    open(options, extras) {
      opened.push({ how: "mirror", options, extras });
      return Promise.resolve({
        name: "mirror",
        write: () => Promise.resolve(),
      });
    },
  },
});

/** A kind that is a store, and mirrors as one. */
const fileLike = defineKind({
  name: "fileLike",
  description:
    "It is a store that neither expires documents nor keeps history.",
  options: object({ ...PRIMARY_KEYS }),
  store: { can: [], open: () => Promise.resolve(store) },
});

const plain = defineKind({
  name: "plain",
  description: "It is a store.",
  options: object({ ...KEEPING_KEYS }),
  store: {
    can: [],
    open(options, extras) {
      opened.push({ how: "store", options, extras });
      return Promise.resolve(store);
    },
  },
});

/** A kind that is a mirror only. */
const mirrorOnly = defineKind({
  name: "mirror",
  description: "It is a mirror.",
  options: object({ ...SECTION_KEYS }),
  mirror: {
    isReadable: false,
    open: () =>
      Promise.resolve({ name: "mirror", write: () => Promise.resolve() }),
  },
});

function read(kind: DatasourceKind, section: Mapping): Datasource {
  const outcome = readValue(kind.section, section);
  ok(outcome.ok, JSON.stringify(outcome));
  return outcome.value;
}

function problems(kind: DatasourceKind, section: Mapping): readonly Problem[] {
  const outcome = readValue(kind.section, section, ["datasources", "x"]);
  return outcome.ok ? [] : outcome.problems;
}

/** Opens a datasource as a primary, and returns what its kind was given. */
async function openedWith(
  { openStore }: Datasource,
  extras: PrimaryExtras = {},
): Promise<Opened> {
  await openStore!(extras);
  return opened.at(-1)!;
}

Deno.test("defineKind() declares what a kind can do", () => {
  ok(full.can("be primary"));
  ok(full.can("use a client"));
  ok(full.can("be a readable mirror"));
  ok(full.can("expire documents"));
  ok(!full.can("keep history"));
  ok(plain.can("be primary"));
  ok(!plain.can("use a client"));
  ok(!plain.can("be a readable mirror"));
  ok(!mirrorOnly.can("be primary"));
});

Deno.test("defineKind() reads options, and what the primary keeps", () => {
  const datasource = read(full, {
    "isPrimary": true,
    "path": "p",
    "some-key": "x",
    "ttl": "90s",
    "update-timeout-ms": 5,
    "history": { "max-entries": 7 },
  });
  strictEqual(datasource.kind, full);
  strictEqual(datasource.isPrimary, true);
  strictEqual(datasource.path, "p");
  deepStrictEqual(datasource.keeping, { ttlMs: 90_000, updateTimeoutMs: 5 });
  deepStrictEqual(datasource.options, {
    isPrimary: true,
    path: "p",
    someKey: "x",
    ttl: 90_000,
    updateTimeoutMs: 5,
    history: { maxEntries: 7 },
  });
});

Deno.test("defineKind() takes a datasource for a mirror by default", () => {
  const datasource = read(plain, {});
  strictEqual(datasource.isPrimary, false);
  strictEqual(datasource.path, undefined);
  deepStrictEqual(datasource.keeping, {
    ttlMs: undefined,
    updateTimeoutMs: undefined,
  });
});

for (const key of ["ttl", "history", "update-timeout-ms"]) {
  Deno.test(`defineKind() refuses ${key} in a mirror`, () => {
    const value = key === "ttl" ? "1s" : key === "history" ? {} : 1;
    const found = problems(full, { path: "p", [key]: value });
    deepStrictEqual(found, [{
      path: ["datasources", "x", key],
      isKey: true,
      message: "is a key of the primary",
      hint: "Remove it, or set isPrimary: true",
    }]);
    deepStrictEqual(
      problems(full, { path: "p", isPrimary: true, [key]: value }),
      [],
    );
  });
}

Deno.test("defineKind() reports a key that a mirror's kind does not have once", () => {
  const [problem, ...others] = problems(fileLike, { ttl: "1s" });
  strictEqual(problem?.message, "is not a known key");
  strictEqual(others.length, 0);
});

Deno.test("defineKind() does not know keys of primaries in a kind that cannot be one", () => {
  const [problem, ...others] = problems(mirrorOnly, { ttl: "1s" });
  strictEqual(problem?.message, "is not a known key");
  strictEqual(others.length, 0);
});

Deno.test("openStore() passes on history, secrets, encryption and warnings", async () => {
  const section = { isPrimary: true, path: "p", history: { "max-entries": 7 } };
  const mask = (text: string) => text;
  const codec = {
    prefix: "",
    seal: (text: string) => Promise.resolve(text),
    open: (text: string) => Promise.resolve(text),
  };
  const warn = () => {};
  const { how, extras } = await openedWith(read(full, section), {
    mask,
    codec,
    warn,
  });
  strictEqual(how, "store");
  const history = { maxEntries: 7, mask };
  const expected: StoreExtras = { codec, warn, history };
  deepStrictEqual(extras, expected);
});

Deno.test("openStore() uses a client of the user's own", async () => {
  const client = {};
  const datasource = read(full, { isPrimary: true, path: "p" });
  strictEqual((await openedWith(datasource, { client })).client, client);
  strictEqual((await openedWith(datasource)).how, "store");
});

Deno.test("openStore() is missing where a kind cannot be primary", () => {
  strictEqual(read(mirrorOnly, { isPrimary: true }).openStore, undefined);
});

Deno.test("openMirror() opens what the kind declares", async () => {
  await read(full, { path: "p" }).openMirror({});
  strictEqual(opened.at(-1)?.how, "mirror");
});

Deno.test("openMirror() of a store writes to it, without history", async () => {
  const mirror = await read(plain, {}).openMirror({});
  deepStrictEqual(opened.at(-1)?.extras, {
    codec: undefined,
    warn: undefined,
    history: { maxEntries: 0 },
  });
  strictEqual(mirror.name, "memory");
  strictEqual(mirror.read, undefined);
  await mirror.write("a1", { n: 1 });
  await mirror.write("a1", { n: 2 });
  deepStrictEqual((await store.read("a1"))?.document, { n: 2 });
  await mirror.remove!("a2");
  await mirror.remove!("a1");
  strictEqual(await store.read("a1"), undefined);
});

Deno.test("openMirror() of a store closes it even if it cannot be written", async () => {
  let closed = 0;
  const broken = defineKind({
    name: "broken",
    description: "It cannot be written.",
    options: object({ ...KEEPING_KEYS }),
    store: {
      can: [],
      open: () =>
        Promise.resolve({
          ...store,
          swap: () => Promise.reject(new Error("no room")),
          close() {
            closed++;
            return Promise.resolve();
          },
        }),
    },
  });
  const mirror = await read(broken, {}).openMirror({});
  await rejects(mirror.write("a1", {}), { message: "no room" });
  strictEqual(closed, 1);
});
