import { DEFAULT_LIMITS } from "../jinja/runtime/budget.ts";
import { object } from "../schema/composite.ts";
import { type Infer, integer } from "../schema/schema.ts";

/** The `limits` section of a config. */
export const LIMITS = object({
  "templates": object({
    "timeout-ms": integer({
      min: 1,
      max: 3_600_000,
      description: "How long rendering may take, in milliseconds.",
      default: DEFAULT_LIMITS.timeoutMs,
    }),
    "max-steps": integer({
      min: 1,
      description:
        "How many steps all loops may take together. A step is one item that a loop, a filter or an operator visits.",
      default: DEFAULT_LIMITS.maxSteps,
    }),
    "max-length": integer({
      min: 1,
      description:
        "How long the result and every intermediate string may be, in characters.",
      default: DEFAULT_LIMITS.maxLength,
    }),
    "max-bytes": integer({
      min: 1,
      description:
        "How many bytes of strings and lists may be allocated in total.",
      default: DEFAULT_LIMITS.maxBytes,
    }),
    "max-depth": integer({
      min: 1,
      max: 1000,
      description: "How deep macros, recursive loops and nested values may go.",
      default: DEFAULT_LIMITS.maxDepth,
    }),
  }, {
    isOpen: true,
    description: "The limits of rendering one template.",
  }),
}, {
  isOpen: true,
  description: "Limits on the work that app configs and documents can cause.",
});

/** Limits on the work that app configs and documents can cause. */
export type Limits = Infer<typeof LIMITS>;
