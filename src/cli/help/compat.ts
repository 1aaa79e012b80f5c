import { VERSION } from "../../version.ts";
import { isCommand, OLD_FLAGS, type OldFlag } from "../compat_flags.ts";
import { describeFlags, section, toText } from "./layout.ts";
import { flagName } from "../../commands/shared/command.ts";
import type { FlagTable } from "../../commands/shared/types.ts";

/**
 * Writes the help of old command lines.
 *
 * @returns The text, at most 79 columns wide.
 */
export function compatHelp(): string {
  const all: [string, OldFlag][] = Object.entries(OLD_FLAGS);
  const flags = all.filter(([key]) => !isCommand(key)).map(addOwners);
  return toText([
    `cicdstatemgr ${VERSION}`,
    "The flags of older scripts. They still work. New scripts use commands:",
    "see cicdstatemgr help.",
    "",
    "Usage:",
    "  cicdstatemgr --config FILE --init-new ID --init-app-config-file FILE",
    "  cicdstatemgr --config FILE --id ID --get JSONPATH",
    "  cicdstatemgr --config FILE --id ID --set PATH=VALUE",
    ...section(
      "Commands (only the first one given, in this order, is run)",
      describeFlags(Object.fromEntries(all.filter(([key]) => isCommand(key)))),
    ),
    ...section("Flags", describeFlags(Object.fromEntries(flags))),
  ]);
}

/** Puts the commands that take a flag in front of its help. */
function addOwners(
  [key, flag]: [string, OldFlag],
): [string, FlagTable[string]] {
  if (flag.with === undefined) return [key, flag];
  const owners = flag.with.map((owner) => `--${flagName(owner)}`).join(", ");
  return [key, { ...flag, help: `With ${owners}: ${flag.help}` }];
}
