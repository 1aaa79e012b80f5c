// Marks the functions of a bundle that a short run calls.
import { playAct } from "./demo_player.ts";
import { EVENTS, QUICKSTART } from "./demo_steps.ts";
import { answer } from "./echo_server.ts";

/** Where the source of a function begins and ends. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** V8's coverage of a script. */
interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly [
      { startOffset: number; endOffset: number; count: number },
    ];
  }[];
}

const MODULE_COMMENT_REGEXP = /^\/\/ (\S+)$/gm;
/** Modules that pipelines load and the demo does not: it has no Redis. */
const UNPLAYED_REGEXP = /^src\/datasources\/redis\/(?!group)/;

const DECLARATION_REGEXP = /^(?:async )?function\*? ([\w$]+)\(/;
const FUNCTION_REGEXP = /^(?:async )?function\b/;
const ARROW_REGEXP = /^(?:async )?(?:\(|[\w$]+ =>)/;
const MODULE_REGEXP = /^"[^"]+"(?=\()/;
const EXPRESSION_START_REGEXP = /(?:[=(:,?]|\breturn)\s*$/;

/**
 * Wraps each function of a bundle that the demo calls in a call of `mark`.
 *
 * @param paths The files of the bundle, as esbuild writes them before they are
 * minified. The first one is the CLI.
 * @param mark The name of the function to call.
 * @returns The marked files. Methods cannot be marked: the syntax does not allow it.
 */
export async function markCalled(
  paths: readonly string[],
  mark: string,
): Promise<string[]> {
  const codes = await Promise.all(
    paths.map((path) => Deno.readTextFile(path)),
  );
  const scripts = paths.map((path) => new URL(`file://${encodeURI(path)}`));
  const called = await calledFunctions(scripts, codes);
  return codes.map((code, index) => markPlaces(code, called[index]!, mark));
}

function markPlaces(
  code: string,
  places: readonly Place[],
  mark: string,
): string {
  const starts: { at: number; text: string }[] = [];
  const ends: typeof starts = [];
  for (const place of places) {
    const marked = markFunction(code, place, mark);
    if (marked === undefined) continue;
    starts.push({ at: marked.at, text: marked.before });
    ends.push({ at: place.end, text: marked.after });
  }
  let marked = "";
  let end = 0;
  // Ends come first: another function may begin where one ends.
  for (const { at, text } of [...ends, ...starts].sort((a, b) => a.at - b.at)) {
    marked += code.slice(end, at) + text;
    end = at;
  }
  return marked + code.slice(end);
}

function markFunction(
  code: string,
  { start, end }: Place,
  mark: string,
): { at: number; before: string; after: string } | undefined {
  const text = code.slice(start, end);
  const name = DECLARATION_REGEXP.exec(text)?.[1];
  if (name !== undefined && code[start - 1] === "\n") {
    return { at: start, before: `var ${name} = ${mark}(`, after: ");" };
  }
  const key = MODULE_REGEXP.exec(text)?.[0];
  if (key !== undefined) {
    const at = start + key.length;
    return { at, before: `: ${mark}(function`, after: ")" };
  }
  const isExpression = FUNCTION_REGEXP.test(text)
    ? EXPRESSION_START_REGEXP.test(code.slice(0, start).slice(-20))
    : ARROW_REGEXP.test(text);
  if (!isExpression) return undefined;
  return { at: start, before: `${mark}(`, after: ")" };
}

/** Runs the demo and asks V8 which functions it called. */
async function calledFunctions(
  scripts: readonly URL[],
  codes: readonly string[],
): Promise<Place[][]> {
  const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-called-" });
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => answer(request, await request.text()),
  );
  try {
    for (const act of [QUICKSTART, EVENTS]) {
      await playAct(act, {
        cli: scripts[0]!,
        address: `127.0.0.1:${server.addr.port}`,
        shown: false,
        env: { DENO_COVERAGE_DIR: folder },
      });
    }
    const isUnplayed = codes.map((code) => unplayedPlaces(code));
    const places = scripts.map(() => new Map<string, Place>());
    for await (const { name } of Deno.readDir(folder)) {
      const text = await Deno.readTextFile(`${folder}/${name}`);
      const { url, functions }: ScriptCoverage = JSON.parse(text);
      const part = scripts.findIndex(({ href }) => href === url);
      if (part < 0) continue;
      for (const { ranges: [{ startOffset, endOffset, count }] } of functions) {
        if (count === 0 && !isUnplayed[part]!(startOffset)) continue;
        const place = { start: startOffset, end: endOffset };
        places[part]!.set(`${startOffset}-${endOffset}`, place);
      }
    }
    return places.map((found) => [...found.values()]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Returns a test for offsets in modules that the demo does not load. */
function unplayedPlaces(code: string): (offset: number) => boolean {
  const modules = [...code.matchAll(MODULE_COMMENT_REGEXP)];
  return (offset) => {
    const path = modules.findLast(({ index }) => index < offset)?.[1];
    return path !== undefined && UNPLAYED_REGEXP.test(path);
  };
}
