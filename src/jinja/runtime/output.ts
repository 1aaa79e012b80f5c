import type { Budget } from "./budget.ts";

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
