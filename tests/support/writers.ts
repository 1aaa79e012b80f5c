import { deepStrictEqual, ok } from "node:assert/strict";
import type { Document } from "../../src/document/change.ts";
import type { StateStore } from "../../src/document/store.ts";
import { readDocument, replaceDocument } from "../../src/document/update.ts";
import type { Mapping } from "../../src/values.ts";
import { openStore } from "./open_datasource.ts";

/** A store that processes can open. */
export interface SharedStore {
  /** Its kind. */
  readonly kind: string;
  /** Its section of a config. */
  readonly section: Mapping;
}

const ID = "shared";
const WRITER = new URL("writer.ts", import.meta.url).pathname;

/** Opens a store in this process. */
export function openShared(
  { kind, section }: SharedStore,
): Promise<StateStore> {
  return openStore(kind, section);
}

/** Creates the document that writers append to. */
export async function makeShared(shared: SharedStore): Promise<void> {
  const store = await openShared(shared);
  await replaceDocument(store, ID, {
    lists: {},
    state: { cicdContextDataId: ID },
  });
  await store.close();
}

/**
 * Starts a process that appends numbers to its own list.
 *
 * @param shared The store.
 * @param name The list's name.
 * @param count How many numbers.
 * @returns The process; each line of its output is an accepted number and how many milliseconds it took.
 */
export function startWriter(
  { kind, section }: SharedStore,
  name: string,
  count: number,
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--no-prompt", "--allow-all", WRITER],
      ...[kind, JSON.stringify(section), ID, name, String(count)],
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/**
 * Runs processes that append at the same time, and checks that nothing is lost.
 *
 * @param shared The store.
 * @param writers How many processes.
 * @param count How many numbers each.
 * @returns How many milliseconds each update took.
 */
export async function storm(
  shared: SharedStore,
  writers: number,
  count: number,
): Promise<number[]> {
  await makeShared(shared);
  const outputs = await Promise.all(
    Array.from(
      { length: writers },
      (_, index) => startWriter(shared, `w${index}`, count).output(),
    ),
  );
  const lists = await readLists(shared);
  for (const [index, { success, stderr }] of outputs.entries()) {
    ok(success, new TextDecoder().decode(stderr));
    deepStrictEqual(
      lists[`w${index}`],
      Array.from({ length: count }, (_, n) => n),
    );
  }
  return outputs.flatMap(({ stdout }) =>
    linesOf(stdout).map((line) => Number(line.split(" ")[1]))
  );
}

/**
 * Kills writers at random moments, and checks that the document holds every
 * accepted number, and at most one more per writer.
 *
 * @param shared The store.
 * @param tries How many writers are killed.
 * @param atOnce How many run at the same time.
 */
export async function killWriters(
  shared: SharedStore,
  tries: number,
  atOnce: number,
): Promise<void> {
  await makeShared(shared);
  for (let done = 0; done < tries; done += atOnce) {
    const names = Array.from({ length: atOnce }, (_, n) => `w${done + n}`);
    const accepted = await Promise.all(
      names.map((name) => killWriter(shared, name)),
    );
    const lists = await readLists(shared);
    for (const [index, name] of names.entries()) {
      const list = lists[name] as number[] ?? [];
      deepStrictEqual(list, list.map((_, n) => n));
      const missing = accepted[index]! - list.length;
      ok(missing <= 0 && missing >= -1, `${name} misses ${missing}`);
    }
  }
}

/** Kills a writer soon after it starts; returns how many numbers were accepted. */
async function killWriter(shared: SharedStore, name: string): Promise<number> {
  const child = startWriter(shared, name, 1_000_000);
  const timer = setTimeout(
    () => child.kill("SIGKILL"),
    60 + Math.random() * 200,
  );
  const { stdout } = await child.output();
  clearTimeout(timer);
  return linesOf(stdout).length;
}

async function readLists(shared: SharedStore): Promise<Document> {
  const store = await openShared(shared);
  const { document } = await readDocument(store, ID);
  await store.close();
  return document.lists as Document;
}

function linesOf(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).split("\n").slice(0, -1);
}
