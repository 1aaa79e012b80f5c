import { TemplateObject } from "../runtime/object.ts";
/** Python's `range`: its numbers are made when they are asked for. */
export class Range extends TemplateObject {
  readonly typeName = "range";
  /** The first number. */
  readonly start: number;
  /** Where it ends. */
  readonly stop: number;
  /** From one number to the next. */
  readonly step: number;

  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  override attribute(name: string): unknown {
    if (name === "start") return this.start;
    if (name === "stop") return this.stop;
    if (name === "step") return this.step;
    return undefined;
  }

  override repr(): string {
    const step = this.step === 1 ? "" : `, ${this.step}`;
    return `range(${this.start}, ${this.stop}${step})`;
  }

  override isTrue(): boolean {
    return this.length > 0;
  }

  override get length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  /** The number at a position that exists. */
  item(index: number): number {
    return this.start + index * this.step;
  }

  /** Finds a number's position, or -1. */
  indexOf(number: number): number {
    const index = (number - this.start) / this.step;
    return Number.isInteger(index) && index >= 0 && index < this.length
      ? index
      : -1;
  }

  override *iterate(): Iterator<number> {
    const { length } = this;
    for (let index = 0; index < length; index++) yield this.item(index);
  }
}
