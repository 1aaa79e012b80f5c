import type { Config, MirrorConfig } from "../../config/types.ts";
import type { TextCodec } from "../../datasources/shared/extras.ts";
import type { Mirror, StateStore } from "../../document/store.ts";
import { CicdStateError } from "../../errors.ts";

/** What {@linkcode openPrimary} opens a primary with. */
export interface OpenPrimaryOptions {
  /** A client of the user's own, which stays open. */
  readonly client: unknown;
  /** Removes secrets from what a history keeps. */
  readonly mask: (text: string) => string;
}

/**
 * Opens a config's primary.
 *
 * @param config The config.
 * @param options What it is opened with.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, if there is no primary or it cannot use the client.
 */
export async function openPrimary(
  config: Config,
  { client, mask }: OpenPrimaryOptions,
): Promise<StateStore> {
  const { primary, name } = config;
  if (primary === undefined) {
    throw new CicdStateError("CONFIG", `Config ${name} has no primary`);
  }
  if (client !== undefined && !primary.kind.can("use a client")) {
    const { kindsThatCan } = await import("../../datasources/registry.ts");
    throw new CicdStateError(
      "CONFIG",
      `Cannot use the client: the primary of ${name} is a ${primary.kind.name}`,
      {
        hint: `Make a ${await kindsThatCan("use a client")} the primary, ` +
          "or pass no client",
      },
    );
  }
  const codec = await openCodec(config);
  return await primary.openStore({ codec, mask, client });
}

/**
 * Opens mirrors of a config.
 *
 * @param config The config.
 * @param mirrors Which ones. Default: all.
 * @returns The mirrors, in the same order.
 * @throws {CicdStateError} `CONFIG`, if options do not fit together.
 */
export async function openMirrors(
  config: Config,
  mirrors: readonly MirrorConfig[] = config.mirrors,
): Promise<Mirror[]> {
  const codec = await openCodec(config);
  return await Promise.all(
    mirrors.map((mirror) => mirror.openMirror({ codec })),
  );
}

/**
 * Opens the first of a config's mirrors that can be read back.
 *
 * @param config The config.
 * @returns The mirror, or `undefined` if there is none.
 * @throws {CicdStateError} `CONFIG`, if options do not fit together.
 */
export async function openReadableMirror(
  config: Config,
): Promise<Mirror | undefined> {
  const first = config.mirrors.find(({ kind }) =>
    kind.can("be a readable mirror")
  );
  return first && (await openMirrors(config, [first]))[0];
}

/** Makes the codec. Most configs encrypt nothing, and then nothing is loaded. */
async function openCodec(
  { encryptionKeys }: Config,
): Promise<TextCodec | undefined> {
  if (encryptionKeys === undefined) return undefined;
  const { encryptionCodec } = await import(
    "../../datasources/shared/encryption.ts"
  );
  return await encryptionCodec(encryptionKeys);
}
