import { failLimit } from "../error.ts";

/** Limits of one rendering. */
export interface TemplateLimits {
  /**
   * How deep macros, blocks, recursive loops and nested values may go.
   *
   * @default {250}
   */
  maxDepth: number;
  /**
   * How many steps all loops may take together. A step is one item that a loop,
   * filter, method or operator visits.
   *
   * @default {10_000_000}
   */
  maxSteps: number;
  /**
   * How long the output and any one string may be, in UTF-16 code units.
   *
   * @default {64 * 1024 * 1024}
   */
  maxLength: number;
  /**
   * How many bytes of strings and lists may be allocated altogether. Memory that
   * is freed again counts too.
   *
   * @default {1024 * 1024 * 1024}
   */
  maxBytes: number;
  /**
   * How long the rendering may take, in milliseconds.
   *
   * @default {5000}
   */
  timeoutMs: number;
}

/** The limits that apply where none are given. */
export const DEFAULT_LIMITS: Readonly<TemplateLimits> = {
  maxDepth: 250,
  maxSteps: 10_000_000,
  maxLength: 64 * 1024 * 1024,
  maxBytes: 1024 * 1024 * 1024,
  timeoutMs: 5000,
};

/** How many steps pass between two looks at the clock. */
const STEPS_PER_CHECK = 1024;
const BYTES_PER_UNIT = 2;
const BYTES_PER_ITEM = 8;
/** How many code units the machine reads in about the time of one step. */
const UNITS_PER_STEP = 256;

/**
 * What one rendering may still use. Code that loops or builds something charges
 * it first: a rendering that would exceed a limit fails before it does the work.
 */
export class Budget {
  readonly #limits: TemplateLimits;
  readonly #deadline: number;
  #depth = 0;
  #steps = 0;
  #checkAt = 0;
  #bytes = 0;
  #written = 0;

  /** Starts the clock. */
  constructor(limits: Partial<TemplateLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#deadline = performance.now() + this.#limits.timeoutMs;
  }

  /** Returns everything but the time, for a rendering that starts over. */
  restart(): void {
    this.#steps = 0;
    this.#checkAt = 0;
    this.#bytes = 0;
    this.#written = 0;
  }

  /** Charges work: one step for each item that is visited. */
  step(count = 1): void {
    this.#steps += count;
    if (this.#steps < this.#checkAt) return;
    const { maxSteps } = this.#limits;
    // NaN fails too, or it would switch the limit off.
    if (!(this.#steps <= maxSteps)) {
      failLimit(`its loops take more than ${maxSteps} steps`, "Loop over less");
    }
    this.#checkAt = Math.min(this.#steps + STEPS_PER_CHECK, maxSteps);
    this.checkDeadline();
  }

  /** Charges one pass over a string by a built-in such as `indexOf`. */
  scan(length: number): void {
    if (length >= UNITS_PER_STEP) this.step(length / UNITS_PER_STEP);
  }

  /** Charges a string, before it is built. */
  allocateString(length: number): void {
    if (!(length <= this.#limits.maxLength)) this.#failLength();
    this.#allocate(length * BYTES_PER_UNIT);
    this.scan(length);
  }

  /** Charges a list and one step for each item, before it is built. */
  allocateList(length: number): void {
    this.step(length);
    this.#allocate(length * BYTES_PER_ITEM);
  }

  /** Charges output. */
  write(length: number): void {
    this.#written += length;
    if (this.#written > this.#limits.maxLength) this.#failLength();
  }

  /** Runs something that may call itself. */
  enter<T>(run: () => T): T {
    if (this.#depth >= this.#limits.maxDepth) {
      failLimit(
        `macros, blocks or templates are nested more than ${this.#limits.maxDepth} deep`,
        "End the recursion",
      );
    }
    this.#depth++;
    this.step();
    try {
      return run();
    } finally {
      this.#depth--;
    }
  }

  /** Fails if the rendering has taken too long. */
  checkDeadline(): void {
    if (performance.now() <= this.#deadline) return;
    failLimit(
      `it takes longer than ${this.#limits.timeoutMs} ms`,
      "Loop over less, or raise the limit",
    );
  }

  #allocate(bytes: number): void {
    this.#bytes += bytes;
    const { maxBytes } = this.#limits;
    if (this.#bytes <= maxBytes) return;
    failLimit(
      `its strings and lists take more than ${maxBytes} bytes`,
      "Build less, or raise the limit",
    );
  }

  #failLength(): never {
    failLimit(
      `its text exceeds ${this.#limits.maxLength} characters`,
      "Write less",
    );
  }
}
