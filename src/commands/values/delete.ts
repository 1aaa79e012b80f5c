import {
  joinPath,
  parseItemPath,
  type PathStep,
  type PropertyPath,
  valueAt,
} from "../../document/path.ts";
import { command, DOCUMENT, WRITE } from "../shared/command.ts";

export default command({
  name: "delete",
  group: "Values",
  summary: "Delete values",
  about: ["All of them are deleted at once or, if one is missing, none."],
  arguments: {
    paths: {
      type: "string",
      value: "PATH",
      repeatable: true,
      help: "The keys or list items: state.tag, state.reports[0].",
    },
  },
  flags: {
    ...DOCUMENT,
    ifPresent: {
      type: "switch",
      help: "Delete what there is. What is missing is not an error.",
    },
    ...WRITE,
  },
  examples: [
    { line: "delete state.lock", help: "Delete a key" },
    {
      line: "delete state.lock --if-present",
      help: "Delete it if an earlier task has set it",
    },
  ],
  exits: {
    3: "There is no such document, or nothing at PATH",
    4: "The document is not at the revision of --if-revision",
  },
  async run({ args, flags, open }) {
    const paths = args.paths.map((text) => parseItemPath(text));
    const manager = await open();
    if (!flags.ifPresent) {
      const { document } = await manager.read(flags.id);
      const missing = paths.find((path) =>
        valueAt(document, path) === undefined
      );
      if (missing !== undefined) {
        const { nothingAt } = await import("../shared/nothing_at.ts");
        throw nothingAt(joinPath(missing), flags.id, document);
      }
    }
    const change = inSafeOrder(paths).map((path) =>
      ({ op: "delete", path }) as const
    );
    await manager.change(flags.id, change, {
      ifRevision: flags.ifRevision,
      ttlMs: flags.ttl,
    });
  },
});

/**
 * Orders paths so that a deletion does not move the list items that those after
 * it are about: later items and deeper paths come first, and each path once.
 */
function inSafeOrder(paths: readonly PropertyPath[]): PropertyPath[] {
  const byText = new Map(paths.map((path) => [joinPath(path), path]));
  return [...byText.values()].sort(comparePaths);
}

function comparePaths(left: PropertyPath, right: PropertyPath): number {
  for (let depth = 0; depth < Math.min(left.length, right.length); depth++) {
    const order = compareSteps(left[depth]!, right[depth]!);
    if (order !== 0) return order;
  }
  return right.length - left.length;
}

function compareSteps(left: PathStep, right: PathStep): number {
  if (left === right) return 0;
  return left > right ? -1 : 1;
}
