import type { Budget } from "../runtime/budget.ts";
import { native } from "../runtime/native.ts";
import type { Native } from "../runtime/runtime.ts";
import { requireText } from "../values/arguments.ts";

/** Declares a method of strings that takes no arguments. */
export function stringMethod(
  run: (budget: Budget, text: string) => unknown,
): Native {
  return native("self /", ({ budget }, self) => {
    const text = requireText(self);
    budget.scan(text.length);
    return run(budget, text);
  });
}
