/**
 * Reads an environment variable.
 *
 * @param variable Its name.
 * @returns Its value; `undefined` if it is not set or Deno may not read it.
 */
export function readVariable(variable: string): string | undefined {
  return mayReadVariable(variable) ? Deno.env.get(variable) : undefined;
}

/**
 * Says how to pass a value by an environment variable.
 *
 * @param variable Its name.
 * @returns The end of a hint; it names the permission if Deno may not read the
 * variable.
 */
export function hintToSet(variable: string): string {
  const set = `set ${variable}`;
  return mayReadVariable(variable)
    ? set
    : `${set}; under deno run, add --allow-env=${variable}`;
}

/**
 * Reports whether Deno may read an environment variable.
 *
 * @param variable Its name.
 */
export function mayReadVariable(variable: string): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted";
}
