import { cliPage } from "./cli_page.ts";
import { configurationPage } from "./configuration_page.ts";
import { editorSchemas } from "./editor_schemas.ts";

/**
 * Writes the files that are generated from the commands and schemas in `src/`.
 *
 * @returns Their texts, as `deno fmt` formats them, by path.
 */
export async function referenceFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [name, schema] of await editorSchemas()) {
    const text = JSON.stringify(schema, null, 2);
    files.set(`schemas/${name}`, await format(text, "json"));
  }
  const pages = {
    cli: await cliPage(),
    configuration: await configurationPage(),
  };
  for (const [name, page] of Object.entries(pages)) {
    files.set(`docs/${name}.md`, await format(page, "md"));
  }
  return files;
}

async function format(text: string, extension: string): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", extension, "-"],
    stdin: "piped",
    stdout: "piped",
  });
  const process = command.spawn();
  const output = process.output();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout } = await output;
  if (!success) throw new Error(`deno fmt cannot format the ${extension}`);
  return new TextDecoder().decode(stdout);
}
