// Turns measurements into rows, and compares them with an earlier run.

/** A figure of one row: the median, and how far runs spread around it. */
export interface Figure {
  readonly median: number;
  /** Half of the distance between the quartiles. */
  readonly noise: number;
}

/** Figures by the name of their row and column. */
export type Figures = Record<string, Figure>;

/** Returns the value at a share of the sorted numbers. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1) + 0.5)]!;
}

/** Sums up numbers of one kind. */
export function figureOf(numbers: readonly number[]): Figure {
  const sorted = numbers.toSorted((left, right) => left - right);
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  return { median: quantile(sorted, 0.5), noise: spread / 2 };
}

/** Returns a line for each figure that is worse than the baseline by more than the noise of both. */
export function compare(now: Figures, baseline: Figures): string[] {
  return Object.entries(now).flatMap(([name, { median, noise }]) => {
    const before = baseline[name];
    if (before === undefined) return [];
    const limit = before.median + Math.max(before.noise + noise, 0.05);
    return median <= limit
      ? []
      : [`${name}: ${before.median.toFixed(2)} -> ${median.toFixed(2)}`];
  });
}

/** Formats a table with a first column of names. */
export function formatTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [heading, ...rows];
  const widths = heading.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length))
  );
  return lines.map((line) =>
    widths.map((width, column) => {
      const cell = line[column] ?? "";
      return column === 0 ? cell.padEnd(width) : cell.padStart(width + 2);
    }).join("").trimEnd()
  ).join("\n");
}
