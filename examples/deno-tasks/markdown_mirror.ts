import type { Document, Mirror } from "@cicdstatemgr/cicdstatemgr";
import { queryPath } from "@cicdstatemgr/cicdstatemgr";

/** A mirror that people read: a table of some values, in Markdown. */
export class MarkdownMirror implements Mirror {
  readonly name: string;
  readonly #path: string;
  readonly #values: readonly string[];

  /**
   * @param path The file. GitHub shows that of `GITHUB_STEP_SUMMARY` on the page
   * of the job.
   * @param values The JSONPaths of the values.
   */
  constructor(path: string, values: readonly string[]) {
    this.name = `markdown ${path}`;
    this.#path = path;
    this.#values = values;
  }

  async write(id: string, document: Document): Promise<void> {
    const rows = this.#values.map((path) => {
      const [value] = queryPath(document, path);
      return `| ${path} | ${JSON.stringify(value ?? null)} |`;
    });
    const lines = [`# ${id}`, "", "| value | |", "| --- | --- |", ...rows];
    await Deno.writeTextFile(this.#path, `${lines.join("\n")}\n`);
  }
}
