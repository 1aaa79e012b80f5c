import { CicdStateError } from "../errors.ts";
import { suggest } from "../util/suggest.ts";
import { typeName } from "../util/type_name.ts";
import { isMapping, type Mapping } from "../values.ts";

/**
 * The keys that this tool reads in each section of a config. Other keys are
 * the user's own: templates reach them as `configData`.
 */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  "datasources": [],
  "encryption": [],
  "http": [],
  "trigger": ["url", "headers", "auto-args"],
  "notify": ["auto-capture-response-data"],
  "manual-choice": ["auto-capture-response-data"],
  "slack": ["url"],
  "templates": ["notify", "manual-choice", "respond"],
};

/**
 * Refuses sections that are no mapping, and keys that look like a misspelling
 * of one that this tool reads and that is not there.
 *
 * @param configData The config under its top key.
 * @param where The config's name, for messages.
 * @throws {CicdStateError} `CONFIG`.
 */
export function checkSections(configData: Mapping, where: string): void {
  checkSpelling(configData, Object.keys(SECTIONS), "cicdstatemgr", where);
  for (const [name, keys] of Object.entries(SECTIONS)) {
    const section = configData[name] ?? {};
    const at = `cicdstatemgr.${name}`;
    if (!isMapping(section)) {
      throw new CicdStateError(
        "CONFIG",
        `Cannot use ${where}: "${at}" is a ${typeName(section)}`,
        { hint: "It must be a mapping" },
      );
    }
    checkSpelling(section, keys, at, where);
  }
}

function checkSpelling(
  section: Mapping,
  known: readonly string[],
  at: string,
  where: string,
): void {
  const missing = known.filter((key) => !Object.hasOwn(section, key));
  for (const key of Object.keys(section)) {
    if (known.includes(key)) continue;
    const near = suggest(key, missing);
    if (near === undefined) continue;
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ${where}: unknown key "${at}.${key}"`,
      { hint: `Did you mean "${near}"? A key of your own needs another name` },
    );
  }
}
