import type { Path, Problem } from "../schema/schema.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";

/** The settings of the config that each kind of handler needs: section and key. */
const NEEDED: Readonly<Record<string, readonly (readonly [string, string])[]>> =
  {
    "notify": [["templates", "notify"], ["slack", "url"]],
    "manual-choice": [["templates", "manual-choice"], ["slack", "url"]],
    "respond": [["templates", "respond"]],
    "trigger-pipeline": [["trigger", "url"]],
  };

/** Finds handlers that cannot run, because the config lacks a setting. */
export class MissingSettings {
  readonly #config: Mapping;
  /** A setting that many handlers need is reported once for each kind. */
  readonly #reported = new Set<string>();

  /** @param config What the config has below `cicdstatemgr`. */
  constructor(config: Mapping) {
    this.#config = config;
  }

  /**
   * Checks the handlers of an event.
   *
   * @param event The handlers by kind.
   * @param path The keys that lead to the event.
   * @returns A problem for the first handler of a kind that lacks a setting.
   */
  of(event: Mapping, path: Path): Problem[] {
    return Object.keys(NEEDED)
      .filter((kind) => isEnabled(getKey(event, kind)))
      .flatMap((kind) => this.#missing(kind, [...path, kind]));
  }

  #missing(kind: string, path: Path): Problem[] {
    if (this.#reported.has(kind)) return [];
    const missing = NEEDED[kind]!.filter((setting) => !this.#has(setting));
    if (missing.length > 0) this.#reported.add(kind);
    return missing.map(([section, key]) => ({
      path,
      isKey: true,
      message: `needs "cicdstatemgr.${section}.${key}", which the config lacks`,
      hint: `Add ${key}: under ${section}: in the config`,
    }));
  }

  #has([section, key]: readonly [string, string]): boolean {
    const settings = getKey(this.#config, section);
    return settings !== undefined && isMapping(settings) &&
      Boolean(getKey(settings, key));
  }
}

function isEnabled(section: Value | undefined): boolean {
  return section !== undefined && isMapping(section) &&
    getKey(section, "enabled") !== false;
}
