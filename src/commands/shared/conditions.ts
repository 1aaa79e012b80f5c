import type { Change } from "../../document/change.ts";
import { CicdStateError } from "../../errors.ts";

/**
 * Refuses `--if-absent` where nothing is set: a condition that always holds is
 * a mistake.
 *
 * @param ifAbsent Whether the flag is given.
 * @param change What is set.
 * @throws {CicdStateError} `USAGE`.
 */
export function checkAbsentFlag(ifAbsent: boolean, change: Change): void {
  if (!ifAbsent || change.length > 0) return;
  throw new CicdStateError("USAGE", "Flag --if-absent needs --set", {
    hint: "Add what to set, or leave --if-absent out",
  });
}
