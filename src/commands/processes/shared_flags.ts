import type { Argument, FlagTable } from "../shared/types.ts";

/** The command line that a command runs. */
export const COMMAND_LINE = {
  type: "string",
  value: "CMD",
  empty: true,
  repeatable: true,
  afterDashes: true,
  help: "The program to run, and its arguments.",
} as const satisfies Argument;

/** How long a lease lasts, and how long to wait for it. */
export const LEASE = {
  ttl: {
    type: "duration",
    default: "30s",
    help: "Let others take over when the holder has been silent for this " +
      "long plus one second. It renews the lock three times in that time. From 100ms to 24d.",
  },
  wait: {
    type: "duration",
    default: "10m",
    help: "How long to wait for others: 90s, 10m, 4h. 0 does not wait.",
  },
} as const satisfies FlagTable;
