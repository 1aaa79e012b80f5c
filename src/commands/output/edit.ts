import type { Operation } from "../../document/change.ts";
import { diffValues } from "../../document/diff.ts";
import {
  parseItemPath,
  type PropertyPath,
  valueAt,
} from "../../document/path.ts";
import { CicdStateError } from "../../errors.ts";
import { quoteForShell } from "../../formats/shell.ts";
import { parseYaml } from "../../formats/yaml.ts";
import { hintToSet, readVariable } from "../../util/env.ts";
import { createPrivateFile } from "../../util/file_target.ts";
import { describeType } from "../../util/messages.ts";
import { readText } from "../../util/read_text.ts";
import { isMapping, type Value } from "../../values.ts";
import { command, DOCUMENT, WRITE } from "../shared/command.ts";
import { formatValue } from "../shared/format_value.ts";

/** What is done while the user edits. */
interface Session {
  /** The private file that the editor opens. */
  readonly file: string;
  /** The steps that lead to the value. */
  readonly steps: PropertyPath;
  readonly before: Value;
  readonly confirm: (question: string) => boolean | undefined;
}

export default command({
  name: "edit",
  group: "Values",
  summary: "Edit a value as YAML in an editor",
  about: [
    "The editor is the command line in $VISUAL or $EDITOR or, on a terminal, vi. " +
    "It gets a private file. What it leaves there is stored, if it is valid and if " +
    "nobody has changed the document meanwhile; otherwise the file is kept, and the " +
    "error names it. Nothing is stored if the editor fails or changes nothing.",
  ],
  uses: {
    programs: ["sh"],
    variables: ["VISUAL", "EDITOR", "TMPDIR"],
    temporaryFiles: true,
  },
  arguments: {
    path: {
      type: "string",
      value: "PATH",
      optional: true,
      help: "Where the value is: state.git. Default: the document.",
    },
  },
  flags: { ...DOCUMENT, ttl: WRITE.ttl },
  examples: [
    { line: "edit state.git", help: "Edit a mapping" },
    { line: "edit", help: "Edit the whole document" },
  ],
  exits: {
    1: "Failed, or the editor failed",
    3: "There is no such document, or nothing at PATH",
    4: "The document was changed meanwhile",
    8: "The text is not YAML, or the document would not be a mapping",
  },
  async run({ args: { path }, flags, open, log, confirm }) {
    const editor = findEditor();
    const steps = path === undefined ? [] : parseItemPath(path);
    const manager = await open();
    const { document, revision } = await manager.read(flags.id);
    const before = valueAt(document, steps);
    if (before === undefined) {
      const { nothingAt } = await import("../shared/nothing_at.ts");
      throw nothingAt(path ?? "", flags.id, document);
    }
    // Somebody may edit for hours. The next access opens the store again.
    await manager.close();
    const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-edit-" });
    const file = `${folder}/${path ?? flags.id}.yaml`
      .replaceAll(/[^\w.\-/\\:]+/g, "_");
    const session = { file, steps, before, confirm };
    const text = formatValue(before, "yaml");
    let isKept = false;
    try {
      await write(file, text);
      const change = await edit(editor, text, session);
      if (change.length === 0) return log.info("Nothing has changed");
      await manager.change(flags.id, change, {
        ifRevision: revision,
        ttlMs: flags.ttl,
      });
    } catch (error) {
      if (await holds(file, text)) throw error;
      isKept = true;
      throw keeping(error, file);
    } finally {
      if (!isKept) await Deno.remove(folder, { recursive: true });
    }
  },
});

/** Returns the command line of the editor. */
function findEditor(): string {
  const editor = readVariable("VISUAL") || readVariable("EDITOR");
  if (editor) return editor;
  if (Deno.stdin.isTerminal()) return "vi";
  throw new CicdStateError(
    "USAGE",
    "Cannot open an editor: stdin is not a terminal",
    {
      hint: `Use cicdstatemgr set, or name an editor: ${hintToSet("EDITOR")}`,
    },
  );
}

async function write(file: string, text: string): Promise<void> {
  using open = await createPrivateFile(file, { mustBeNew: true });
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) {
    written += await open.write(bytes.subarray(written));
  }
}

/** Reports whether a file still has its first text, or is gone. */
async function holds(file: string, text: string): Promise<boolean> {
  const now = await Deno.readTextFile(file).catch(() => text);
  return now === text || now.trim() === "";
}

/** Runs the editor until the text is valid, and returns what has changed. */
async function edit(
  editor: string,
  text: string,
  session: Session,
): Promise<Operation[]> {
  while (true) {
    await runEditor(editor, session.file);
    const edited = await readText(session.file, {
      what: "edited file",
      code: "INPUT",
      naming: "$EDITOR",
    });
    if (edited === text || edited.trim() === "") return [];
    try {
      return changesTo(edited, session);
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
      if (!session.confirm(`${error.message}. Edit it again?`)) throw error;
    }
  }
}

async function runEditor(editor: string, file: string): Promise<void> {
  // Ctrl+C in the editor is the editor's.
  const ignore = () => {};
  Deno.addSignalListener("SIGINT", ignore);
  try {
    const { code } = await new Deno.Command("sh", {
      args: ["-c", `${editor} ${quoteForShell(file)}`],
    }).spawn().status;
    if (code === 0) return;
    throw new CicdStateError(
      "INPUT",
      `The editor ended with exit status ${code}, and nothing is stored`,
      { hint: `Check VISUAL and EDITOR: ${editor}` },
    );
  } finally {
    Deno.removeSignalListener("SIGINT", ignore);
  }
}

/** Parses the edited text. */
function changesTo(
  edited: string,
  { steps, before }: Session,
): Operation[] {
  const after = parseEdited(edited);
  if (steps.length === 0 && !isMapping(after)) {
    throw new CicdStateError(
      "INVALID",
      `Cannot store ${describeType(after)} as the document`,
      { hint: "Write a mapping" },
    );
  }
  return diffValues(before, after).map(({ path, after }) => {
    const full = [...steps, ...path];
    return after === undefined
      ? { op: "delete", path: full }
      : { op: "set", path: full, value: after };
  });
}

function parseEdited(text: string): Value {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const { message, hint, place } = error;
    const reason = message.replace(/^Cannot parse YAML/, "invalid YAML");
    throw new CicdStateError(
      "INVALID",
      `Cannot store the edited text: ${reason}`,
      { hint: hint ?? "Write YAML, such as [a, b] or {a: 1}", place },
    );
  }
}

/** Adds to an error where the edited text is. */
function keeping(error: unknown, file: string): unknown {
  if (!(error instanceof CicdStateError)) return error;
  const { code, message, place } = error;
  return new CicdStateError(
    code,
    `${message}. The edited text is kept in ${file}`,
    {
      hint: code === "CONFLICT"
        ? "Run edit again, and copy what you changed from the file"
        : error.hint,
      cause: error,
      place: { ...place, file },
    },
  );
}
