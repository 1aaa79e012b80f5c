/**
 * Reads an environment variable.
 *
 * @param variable Its name.
 * @returns Its value; `undefined` if it is not set or Deno may not read it.
 */
export function readVariable(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted" ? Deno.env.get(variable) : undefined;
}
