import type { FlagTable } from "../shared/types.ts";

/** How long a lease lasts, and how long to wait for it. */
export const LEASE = {
  ttl: {
    type: "duration",
    default: "30s",
    help: "Let others take over this long, and a second, after the last " +
      "heartbeat of this program. It sends three in that time.",
  },
  wait: {
    type: "duration",
    default: "10m",
    help: "How long to wait for others: 90s, 10m, 4h. 0 does not wait.",
  },
} as const satisfies FlagTable;
