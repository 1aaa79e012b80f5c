import { loadConfig } from "../../config/load.ts";
import type { PermissionSet } from "../../config/permissions.ts";
import type { Config, MirrorConfig } from "../../config/types.ts";
import { validateFiles } from "../../config/validate.ts";
import type { StoreInfo } from "../../document/capabilities.ts";
import type { StateStore } from "../../document/store.ts";
import { CicdStateError } from "../../errors.ts";
import type { Logger } from "../../util/log.ts";
import { createMask } from "../../util/mask/mask.ts";
import { secretsOf } from "../../manager/parts.ts";
import { Repository } from "../../manager/repository.ts";

/** The outcome of one check. */
export interface Check {
  readonly status: "ok" | "warning" | "error";
  /** What was checked: `config`, `datasource "redis"`. */
  readonly what: string;
  /** What was found. */
  readonly message: string;
  /** How to fix it. */
  readonly hint?: string | undefined;
}

/** What is checked. */
export interface DoctorOptions {
  /** The config file. */
  readonly config: string;
  /** The secrets file. */
  readonly secrets: string | undefined;
  /** Returns the permissions that commands need with the config. */
  readonly permissionsOf: (config: Config) => Promise<PermissionSet>;
  /** Shows what is waited for. */
  readonly log: Logger;
}

/** How far clocks may differ, in milliseconds. Times to live are counted in seconds. */
const MAX_CLOCK_MS = 5000;

/** How many documents are read to check that they can be decrypted. */
const MAX_READ = 20;

/** How long the document of a check lives if it cannot be removed. */
const PROBE_TTL_MS = 60_000;

/**
 * Checks a config, its permissions, the modes of its files and its datasources.
 * To check that a store can be written, it stores and removes a document.
 *
 * @param options What is checked.
 * @returns The checks, in order.
 */
export async function diagnose(options: DoctorOptions): Promise<Check[]> {
  const { config: path, secrets, permissionsOf } = options;
  const checks: Check[] = [];
  const found = await validateFiles({ config: path, secrets, app: undefined });
  for (const { severity, file, line, message, hint } of found.list()) {
    const place = [file, line].filter((part) => part !== undefined).join(":");
    checks.push({
      status: severity,
      what: "config",
      message: place === "" ? message : `${place}: ${message}`,
      hint,
    });
  }
  for (const file of [path, secrets]) {
    if (file !== undefined) {
      checks.push(...await checkMode(file, file === secrets));
    }
  }
  if (found.hasErrors) return checks;
  const config = await loadConfig(path, secrets, true);
  const files = [path, ...secrets === undefined ? [] : [secrets]].join(", ");
  checks.unshift({ status: "ok", what: "config", message: `${files}: valid` });
  checks.push(...checkPermissions(await permissionsOf(config)));
  const { primary, mirrors } = config;
  if (primary !== undefined) {
    checks.push(...await checkDatasource(primary, config, options));
  }
  for (const mirror of mirrors) {
    checks.push(...await checkDatasource(mirror, config, options));
  }
  return checks;
}

/** Checks that others cannot read what holds secrets. */
async function checkMode(file: string, isSecret: boolean): Promise<Check[]> {
  if (!isSecret || Deno.build.os === "windows") return [];
  const mode = (await Deno.stat(file).catch(() => undefined))?.mode ?? 0;
  if ((mode & 0o077) === 0) return [];
  return [{
    status: "warning",
    what: "file modes",
    message: `Other users can read ${file}, which holds secrets`,
    hint: `Run chmod 600 ${file}`,
  }];
}

function checkPermissions(permissions: PermissionSet): Check[] {
  const missing = [
    ...(permissions.read ?? []).filter((path) =>
      !isGranted({ name: "read", path })
    ).map((path) => `--allow-read=${path}`),
    ...(permissions.write ?? []).filter((path) =>
      !isGranted({ name: "write", path })
    ).map((path) => `--allow-write=${path}`),
    ...(permissions.net ?? []).filter((host) =>
      !isGranted({ name: "net", host })
    ).map((host) => `--allow-net=${host}`),
    ...(permissions.env ?? []).filter((variable) =>
      !isGranted({ name: "env", variable })
    ).map((variable) => `--allow-env=${variable}`),
  ];
  const what = "permissions";
  if (missing.length === 0) {
    return [{ status: "ok", what, message: "All are granted" }];
  }
  return missing.map((flag) => ({
    status: "error",
    what,
    message: `Deno was not given ${flag}`,
    hint: `Run deno with ${flag}`,
  }));
}

function isGranted(descriptor: Deno.PermissionDescriptor): boolean {
  try {
    return Deno.permissions.querySync(descriptor).state === "granted";
  } catch {
    // Deno cannot be asked for all that it can be given, such as *.example.com.
    return true;
  }
}

async function checkDatasource(
  datasource: MirrorConfig,
  config: Config,
  { log }: DoctorOptions,
): Promise<Check[]> {
  const mask = createMask(secretsOf(config));
  const what = `datasource "${datasource.name}"`;
  const checks: Check[] = [];
  const { openStore } = datasource;
  // A mirror that holds many documents is opened like a primary.
  const isStore = openStore !== undefined &&
    (datasource.isPrimary || datasource.kind.can("hold many documents"));
  const repository = new Repository({
    config: isStore
      ? { ...config, primary: { ...datasource, openStore }, mirrors: [] }
      : { ...config, mirrors: [datasource] },
    options: { config: {} },
    log: {
      ...log,
      warn: (message) => checks.push({ status: "warning", what, message }),
    },
    mask,
  });
  using _wait = log.waitFor?.(what);
  try {
    let info: StoreInfo = {};
    if (isStore) {
      const store = await repository.store();
      await checkStore(store, datasource);
      if (config.encryption !== undefined) await checkSealed(store);
      info = await store.about?.() ?? {};
    } else {
      for (const mirror of await repository.mirrors()) await mirror.check?.();
    }
    checks.unshift(describe(what, datasource, info));
    checks.push(...checkInfo(what, info));
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const { message, hint } = error;
    checks.push({ status: "error", what, message, hint });
  } finally {
    await repository.close();
  }
  return checks.map(({ message, ...check }) => (
    { ...check, message: mask(message) }
  ));
}

/** Checks that documents can be read and, if the store holds many, be written. */
async function checkStore(
  store: StateStore,
  { kind }: MirrorConfig,
): Promise<void> {
  const id = `cicdstatemgr-doctor-${crypto.randomUUID()}`;
  if (!kind.can("hold many documents")) {
    // Its only document is not replaced; reading shows whether it is damaged.
    await store.list?.({});
    return;
  }
  await store.read(id);
  await store.list?.({ prefix: id });
  const revision = await store.swap(id, { state: {} }, undefined, {
    ttlMs: PROBE_TTL_MS,
  });
  if (revision !== undefined) await store.remove?.(id);
}

/** Checks that some of the stored documents can be decrypted with the keys of the config. */
async function checkSealed(store: StateStore): Promise<void> {
  const { documents = [] } = await store.list?.({}) ?? {};
  for (const { id } of documents.slice(0, MAX_READ)) await store.read(id);
}

function describe(
  what: string,
  { kind, isPrimary, path }: MirrorConfig,
  { version }: StoreInfo,
): Check {
  const message = [
    isPrimary ? "primary" : "mirror",
    version === undefined ? kind.name : `${kind.name} ${version}`,
    ...path === undefined ? [] : [path],
  ].join(", ");
  return { status: "ok", what, message };
}

function checkInfo(what: string, { time, damage }: StoreInfo): Check[] {
  const checks: Check[] = [];
  const aheadMs = time === undefined ? 0 : time - Date.now();
  if (Math.abs(aheadMs) > MAX_CLOCK_MS) {
    const seconds = Math.round(Math.abs(aheadMs) / 1000);
    const side = aheadMs > 0 ? "ahead of" : "behind";
    checks.push({
      status: "warning",
      what,
      message: `Its clock is ${seconds} s ${side} this machine's`,
      hint: "Synchronize both, or times of writes and locks mislead people",
    });
  }
  if (damage !== undefined) {
    checks.push({
      status: "error",
      what,
      message: `The database is damaged: ${damage}`,
      hint: "Restore a copy, or remove it and create the documents again",
    });
  }
  return checks;
}
