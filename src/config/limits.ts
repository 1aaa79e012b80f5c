import {
  DEFAULT_LIMITS,
  type TemplateLimits,
} from "../jinja/runtime/budget.ts";
import { object } from "../schema/composite.ts";
import { integer, type Schema } from "../schema/schema.ts";

/** Limits on the work that app configs and documents can cause. */
export interface Limits {
  /** The limits of rendering one template. */
  readonly templates: TemplateLimits;
}

const SECTION = object({
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
        "How long the result and every string on the way may be, in characters.",
      default: DEFAULT_LIMITS.maxLength,
    }),
    "max-bytes": integer({
      min: 1,
      description:
        "How many bytes of strings and lists may be allocated altogether.",
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

/** The `limits` section of a config, completed with the defaults. */
export const LIMITS: Schema<Limits> = {
  ...SECTION,
  read(value, path, report) {
    const { templates = {} } = SECTION.read(value, path, report);
    const { timeoutMs, maxSteps, maxLength, maxBytes, maxDepth } = templates;
    return {
      templates: {
        timeoutMs: timeoutMs ?? DEFAULT_LIMITS.timeoutMs,
        maxSteps: maxSteps ?? DEFAULT_LIMITS.maxSteps,
        maxLength: maxLength ?? DEFAULT_LIMITS.maxLength,
        maxBytes: maxBytes ?? DEFAULT_LIMITS.maxBytes,
        maxDepth: maxDepth ?? DEFAULT_LIMITS.maxDepth,
      },
    };
  },
};
