import { failLimit } from "../error.ts";

/** Limits of one rendering. */
export interface TemplateLimits {
  /**
   * How deep macros, blocks, recursive loops and templates may call each other.
   *
   * @default {250}
   */
  maxDepth: number;
  /**
   * How many steps loops, filters, methods and operators may take together. Each
   * item that one of them visits is a step, and so is each call.
   *
   * @default {10_000_000}
   */
  maxSteps: number;
  /**
   * How long the output and each string may be, in UTF-16 code units.
   *
   * @default {64 * 1024 * 1024}
   */
  maxLength: number;
  /**
   * How many bytes of strings, lists and mappings may be allocated in total.
   * Memory that is freed in the meantime counts too.
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

/** Some limits; one that is `undefined` has its default. */
export type GivenLimits = {
  readonly [Name in keyof TemplateLimits]?: TemplateLimits[Name] | undefined;
};

/** The limits that apply where none are given. */
export const DEFAULT_LIMITS: Readonly<TemplateLimits> = {
  maxDepth: 250,
  maxSteps: 10_000_000,
  maxLength: 64 * 1024 * 1024,
  maxBytes: 1024 * 1024 * 1024,
  timeoutMs: 5000,
};

/** How many steps or ticks pass between two looks at the clock. */
const TICKS_PER_CHECK = 1024;
const BYTES_PER_UNIT = 2;
const BYTES_PER_ITEM = 8;
/** How many code units a built-in such as `indexOf` reads in the time of a step. */
const UNITS_PER_STEP = 256;

/**
 * What one rendering may still use. Code that loops or builds something charges
 * the budget first, so that a rendering fails before it exceeds a limit.
 *
 * - {@linkcode Budget.step} for each item that is visited;
 * - {@linkcode Budget.scan} for each pass of a built-in over a string;
 * - {@linkcode Budget.allocateString} and {@linkcode Budget.allocateList} before
 *   a string or list is built;
 * - {@linkcode Budget.enter} around what may call itself;
 * - {@linkcode Budget.tick} for other work, which is then interrupted in time.
 *
 * @example Bound a loop, and what it builds
 * ```ts ignore
 * function double(budget: Budget, items: readonly number[]): number[] {
 *   budget.allocateList(items.length);
 *   return items.map((item) => item * 2);
 * }
 * ```
 */
export class Budget {
  readonly #limits: TemplateLimits;
  readonly #deadline: number;
  #depth = 0;
  #steps = 0;
  #ticks = TICKS_PER_CHECK;
  #bytes = 0;
  #written = 0;

  /** Starts the clock. Limits that are left out have their defaults. */
  constructor(limits: GivenLimits = {}) {
    this.#limits = {
      maxDepth: limits.maxDepth ?? DEFAULT_LIMITS.maxDepth,
      maxSteps: limits.maxSteps ?? DEFAULT_LIMITS.maxSteps,
      maxLength: limits.maxLength ?? DEFAULT_LIMITS.maxLength,
      maxBytes: limits.maxBytes ?? DEFAULT_LIMITS.maxBytes,
      timeoutMs: limits.timeoutMs ?? DEFAULT_LIMITS.timeoutMs,
    };
    this.#deadline = performance.now() + this.#limits.timeoutMs;
  }

  /** Gives everything but the time back to a rendering that starts over. */
  restart(): void {
    this.#steps = 0;
    this.#bytes = 0;
    this.#written = 0;
  }

  /** Charges work: one step for each item that is visited. */
  step(count = 1): void {
    this.#steps += count;
    const { maxSteps } = this.#limits;
    // Written so that NaN fails too: it would switch the limit off.
    if (!(this.#steps <= maxSteps)) {
      failLimit(
        `the rendering takes more than ${maxSteps} steps`,
        "Loop over less, or raise the limit",
      );
    }
    this.#ticks += count;
    if (this.#ticks >= TICKS_PER_CHECK) this.#checkDeadline();
  }

  /** Notes work that no limit counts, but that takes time. */
  tick(): void {
    this.#ticks++;
    if (this.#ticks >= TICKS_PER_CHECK) this.#checkDeadline();
  }

  /** Charges a pass of a built-in function over a string or list. */
  scan(length: number): void {
    if (length >= UNITS_PER_STEP) this.step(length / UNITS_PER_STEP);
  }

  /** Charges a string and the pass that builds it. Call it before. */
  allocateString(length: number): void {
    if (!(length <= this.#limits.maxLength)) this.#failLength();
    this.#allocate(length * BYTES_PER_UNIT);
    this.scan(length);
  }

  /** Charges a list and a step for each item. Call it before building the list. */
  allocateList(length: number): void {
    this.step(length);
    this.#allocate(length * BYTES_PER_ITEM);
  }

  /** Charges output. */
  write(length: number): void {
    this.#written += length;
    if (this.#written > this.#limits.maxLength) this.#failLength();
    this.tick();
  }

  /** Runs something that may call itself, and charges a step. */
  enter<T>(run: () => T): T {
    const { maxDepth } = this.#limits;
    if (this.#depth >= maxDepth) {
      failLimit(
        `macros, blocks or templates are nested more than ${maxDepth} deep`,
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

  #checkDeadline(): void {
    this.#ticks = 0;
    if (performance.now() <= this.#deadline) return;
    failLimit(
      `the rendering takes longer than ${this.#limits.timeoutMs} ms`,
      "Loop over less, or raise the limit",
    );
  }

  #allocate(bytes: number): void {
    this.#bytes += bytes;
    const { maxBytes } = this.#limits;
    if (this.#bytes <= maxBytes) return;
    failLimit(
      `strings and lists take more than ${maxBytes} bytes`,
      "Build less, or raise the limit",
    );
  }

  #failLength(): never {
    failLimit(
      `the output or a string exceeds ${this.#limits.maxLength} characters`,
      "Write less, or raise the limit",
    );
  }
}

/** Collects what a template writes. */
export class Output {
  /** What was written so far. */
  text = "";
  readonly #budget: Budget;

  /** Starts empty. */
  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Appends a string. */
  write(text: string): void {
    this.#budget.write(text.length);
    this.text += text;
  }
}
