import { EVENT_SECTIONS } from "../events/sections.ts";
import { list, object, required } from "../schema/composite.ts";
import { type Schema, string } from "../schema/schema.ts";

/** Everything in a config and its secrets stands below this key. */
export const TOP_KEY = "cicdstatemgr";

/** The sections of a config whose schemas are loaded when they are needed. */
export interface LoadedSections<Datasources, Encryption, Http, Limits> {
  /** The schema of `datasources`. */
  readonly datasources: Schema<Datasources>;
  /** The schema of `encryption`. */
  readonly encryption: Schema<Encryption>;
  /** The schema of `http`. */
  readonly http: Schema<Http>;
  /** The schema of `limits`. */
  readonly limits: Schema<Limits>;
}

/**
 * Makes the schema of a config.
 *
 * @typeParam Datasources What `datasources` is read as.
 * @typeParam Encryption What `encryption` is read as.
 * @typeParam Http What `http` is read as.
 * @typeParam Limits What `limits` is read as.
 * @param sections The schemas that are loaded when they are needed.
 * @returns The schema of the whole file.
 */
export function configSchema<Datasources, Encryption, Http, Limits>(
  sections: LoadedSections<Datasources, Encryption, Http, Limits>,
) {
  const { datasources, encryption, http, limits } = sections;
  return object({
    [TOP_KEY]: required(object({
      datasources,
      encryption,
      http,
      ...EVENT_SECTIONS,
      "files-from": list(string(), {
        description:
          "Folders that app configs and handlers may read files from. Default: the working directory and the folder of the app config.",
      }),
      limits,
    }, {
      isOpen: true,
      description:
        "The configuration. Templates see all of it as configData; you may add keys of your own.",
    })),
  }, { isOpen: true });
}
