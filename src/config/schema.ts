import { EVENT_SECTIONS } from "../events/sections.ts";
import { list, object, required } from "../schema/composite.ts";
import {
  boolean,
  choice,
  type Path,
  type Report,
  type Schema,
  string,
} from "../schema/schema.ts";
import { readVariable } from "../util/env.ts";

/** The key that contains everything else in a config and its secrets. */
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
 * Creates the schema of a config.
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
      "templates-on-error": choice(["fail", "text"], {
        description:
          "What the flags of the Python tool and the module do when a template fails: they fail, or an error text takes its place. The commands fail unless --lenient is given.",
        default: "text",
      }),
    }, {
      isOpen: true,
      description:
        "The configuration. Templates see all of it as configData; you may add keys of your own.",
    })),
  }, { isOpen: true });
}

/** The sections that secrets share with the config. */
export interface SharedSections {
  /** The schema of `datasources`. */
  readonly datasources: Schema<unknown>;
  /** The schema of `encryption`. */
  readonly encryption: Schema<unknown>;
}

/**
 * Creates the schema of a secrets file. What it shares with the config may be
 * incomplete, and is checked again after both are merged.
 *
 * @param shared The sections that it shares with the config.
 * @returns The schema of the whole file.
 */
export function secretsSchema({ datasources, encryption }: SharedSections) {
  return object({
    [TOP_KEY]: object({
      datasources,
      encryption,
      "slack": withToken(
        "Sent as a bearer token with each notify, manual-choice and respond.",
      ),
      "trigger": withToken(
        "For the headers of trigger-pipeline, as secretData.trigger.token.",
      ),
    }, {
      isOpen: true,
      description:
        "Only the headers of trigger see the secrets, as secretData. You may add keys of your own.",
    }),
  }, { isOpen: true });
}

function withToken(description: string) {
  return object({
    "token": string({ isSecret: true, mayBeEmpty: true, description }),
  }, { isOpen: true });
}

const ENCRYPTION_SECTION = object({
  "key-env": string({
    description:
      "The environment variable that holds the keys, separated by spaces or commas. The first one encrypts, all of them decrypt.",
  }),
  "keys": list(
    string({
      isSecret: true,
      description:
        "A key of 32 bytes in base64, as openssl rand -base64 32 prints it.",
    }),
    { description: "More keys. They belong in the secrets file." },
  ),
  "accept-plain": boolean({
    description:
      "Whether to read what is not encrypted yet, or was encrypted by an earlier version, with a warning each time. For a migration; cicdstatemgr reseal ends it.",
    default: false,
  }),
}, { description: "Encrypts what stores and readable mirrors hold." });

/** How what is stored is encrypted. */
export interface Encryption {
  /**
   * The keys: those in the variable that `key-env` names, then those of `keys`.
   * There is at least one, and the first one encrypts.
   */
  readonly keys: readonly string[];
  /** Whether to read what is not encrypted. */
  readonly acceptPlain: boolean;
}

/** The `encryption` of config and secrets. */
export const ENCRYPTION: Schema<Encryption> = {
  ...ENCRYPTION_SECTION,
  read(value, path, report) {
    let isRight = true;
    const { keyEnv, keys = [], acceptPlain = false } = ENCRYPTION_SECTION.read(
      value,
      path,
      (problem) => {
        isRight = false;
        report(problem);
      },
    );
    const fromVariable = keyEnv === undefined
      ? []
      : readKeys(keyEnv, [...path, "key-env"], report);
    if (isRight && keyEnv === undefined && keys.length === 0) {
      report({
        path,
        message: "has no key",
        hint:
          "Name a variable with key-env, put keys into the secrets, or remove encryption",
      });
    }
    return { keys: [...fromVariable, ...keys], acceptPlain };
  },
};

/** A name that every shell can set. */
const VARIABLE_NAME_REGEXP = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** 32 bytes in base64 without `=`, or in hex: a key, though also a valid name. */
const BARE_KEY_REGEXP = /^(?:[0-9A-Za-z]{43}|[0-9A-Fa-f]{64})$/;

function readKeys(variable: string, path: Path, report: Report): string[] {
  if (
    !VARIABLE_NAME_REGEXP.test(variable) || BARE_KEY_REGEXP.test(variable)
  ) {
    // It may be a key, so the message does not show it.
    report({
      path,
      message: "is not the name of an environment variable",
      hint:
        "Write the name of the variable that holds the keys, such as CICDSTATEMGR_KEY; " +
        "a key belongs in that variable, or in keys of the secrets",
    });
    return [];
  }
  const keys = (readVariable(variable) ?? "").split(/[\s,]+/)
    .filter((key) => key !== "");
  if (keys.length === 0) {
    report({
      path,
      message: `names the variable ${variable}, which is not set`,
      hint: `Set it to a key made by: openssl rand -base64 32; ` +
        `under deno run, add --allow-env=${variable}`,
    });
  }
  return keys;
}
