// Marks the functions of a bundle that a short run calls.
import { EVENTS, QUICKSTART } from "./demo_steps.ts";
import { markFunction, type Place } from "./mark_function.ts";
import { COMMON, playCoverage } from "./play_coverage.ts";

const MODULE_COMMENT_REGEXP = /^\/\/ (\S+)$/gm;
/** Modules that pipelines load and the demo does not: it has no Redis. */
const UNPLAYED_REGEXP =
  /^src\/datasources\/redis\/(?!group|list|rights|clients\/(?!client|resp|wire))/;

/**
 * Wraps each function of a bundle that the demo calls in a call of `mark`.
 *
 * @param paths The files of the bundle, as esbuild writes them before they are
 * minified. The first one is the CLI.
 * @param mark The name of the function to call.
 * @returns The marked files. Constructors, accessors, generators and nested
 * declarations are not marked.
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
  const edits = places.flatMap((place) => markFunction(code, place, mark));
  let marked = "";
  let end = 0;
  // Ends come first: another function may begin where one ends.
  for (const edit of edits.sort((a, b) => a.start - b.start || a.end - b.end)) {
    marked += code.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return marked + code.slice(end);
}

/** Runs the demo and asks V8 which functions it called. */
async function calledFunctions(
  scripts: readonly URL[],
  codes: readonly string[],
): Promise<Place[][]> {
  const isUnplayed = codes.map((code) => unplayedPlaces(code));
  const places = scripts.map(() => new Map<string, Place>());
  const acts = [QUICKSTART, EVENTS, COMMON];
  for await (const { url, functions } of playCoverage(acts, scripts[0]!)) {
    const part = scripts.findIndex(({ href }) => href === url);
    if (part < 0) continue;
    for (const { ranges: [{ startOffset, endOffset, count }] } of functions) {
      if (count === 0 && !isUnplayed[part]!(startOffset)) continue;
      const place = { start: startOffset, end: endOffset };
      places[part]!.set(`${startOffset}-${endOffset}`, place);
    }
  }
  return places.map((found) => [...found.values()]);
}

/** Returns a test for offsets in modules that the demo does not load. */
function unplayedPlaces(code: string): (offset: number) => boolean {
  const modules = [...code.matchAll(MODULE_COMMENT_REGEXP)];
  return (offset) => {
    const path = modules.findLast(({ index }) => index < offset)?.[1];
    return path !== undefined && UNPLAYED_REGEXP.test(path);
  };
}
