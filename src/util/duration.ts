const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Parses a duration: an integer and a unit, which is `ms`, `s`, `m`, `h` or `d`.
 *
 * @param text For example `7d`, or `0` for none.
 * @returns Milliseconds, or `undefined` if the text is not a duration.
 */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  const match = /^(\d{1,9})(ms|[smhd])$/.exec(text.trim());
  if (match === null) return undefined;
  return Number(match[1]) * UNIT_MS[match[2]!]!;
}

/**
 * Formats a duration as {@linkcode parseDuration} reads it.
 *
 * @param ms Milliseconds.
 * @returns An integer with the largest unit that needs no fraction: `90s`.
 */
export function formatDuration(ms: number): string {
  const whole = Math.ceil(ms);
  const [unit, size] = Object.entries(UNIT_MS)
    .findLast(([, size]) => whole % size === 0 && whole >= size) ?? ["ms", 1];
  return `${whole / size}${unit}`;
}
