/** Splits a command line as a shell does; of its syntax only single quotes count. */
export function splitShellWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s']+|'[^']*')+/g)]
    .map(([word]) => word.replaceAll("'", ""));
}
