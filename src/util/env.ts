/**
 * Reads an environment variable.
 *
 * @param variable Its name.
 * @returns Its value; one that Deno was not allowed to read counts as unset.
 */
export function readVariable(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted" ? Deno.env.get(variable) : undefined;
}
