/**
 * Puts a string between single quotes, where only the quote itself has a
 * meaning for shells. NUL is removed, since no shell variable can hold it.
 *
 * @param text The string.
 * @returns The quoted string.
 */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", `'\\''`)}'`;
}
