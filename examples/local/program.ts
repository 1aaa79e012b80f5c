const CLI = new URL("../../cli.ts", import.meta.url);

/** Writes a program `cicdstatemgr`, which stands in for the installed one. */
export async function installProgram(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(
    `${folder}/cicdstatemgr`,
    `#!/bin/sh
exec '${Deno.execPath()}' run --quiet --no-prompt --allow-read --allow-write \\
  --allow-env --allow-run --allow-net=127.0.0.1 '${CLI.pathname}' "$@"
`,
    { mode: 0o755 },
  );
}

/** Replaces the datasource redis of a config or of secrets by SQLite. */
export function useSqlite(yaml: string, path: string): string {
  return yaml.replace(
    /^ {4}redis:\n(?: {6}.*\n)+/m,
    (redis) =>
      redis.includes("isPrimary")
        ? `    sqlite: { path: ${path}, isPrimary: true }\n`
        : "    sqlite: {}\n",
  );
}
