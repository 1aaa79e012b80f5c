import { stringifyJson } from "../formats/json_writer.ts";
import type { Operation } from "../document/change.ts";
import { joinPath } from "../document/path.ts";
import { toTerminal } from "../util/log.ts";
import type { EventOutcome, PlannedRequest } from "./types.ts";

/**
 * Formats what an event's handlers would send and set.
 *
 * @param outcome The outcome of a dry run.
 * @param mask Hides secrets in a string.
 * @returns The output, with a final line break.
 */
export function formatDryRun(
  outcome: EventOutcome,
  mask: (text: string) => string,
): string {
  const parts = [
    ...outcome.requests.map(formatRequest),
    ...outcome.operations.map((operation) => formatOperation(operation, mask)),
  ];
  if (parts.length === 0) parts.push("Nothing would be sent or set.\n");
  return toTerminal(parts.join("\n"));
}

function formatRequest(request: PlannedRequest): string {
  const { handler, url, headers, body, captures } = request;
  const lines = [
    `${handler} would send POST ${url}`,
    ...headers.map(([name, value]) => `  ${name}: ${value}`),
    "",
    ...body.split("\n").map((line) => `  ${line}`.trimEnd()),
  ];
  if (captures.length > 0) {
    lines.push(
      "",
      `${handler} would set from the response, which is not known:`,
    );
    lines.push(...captures.map((to) => `  ${to}`));
  }
  return `${lines.join("\n")}\n`;
}

function formatOperation(
  operation: Operation,
  mask: (text: string) => string,
): string {
  const path = joinPath(operation.path);
  return mask(`${describe(operation, path)}\n`);
}

function describe(operation: Operation, path: string): string {
  switch (operation.op) {
    case "set":
      return `Would set ${path} to ${stringifyJson(operation.value)}`;
    case "append":
    case "addUnique": {
      const items = stringifyJson([...operation.items]);
      return `Would add ${items} to ${path}`;
    }
    case "clear":
      return `Would empty ${path}`;
    case "delete":
      return `Would delete ${path}`;
    case "increment":
      return `Would add ${operation.by} to ${path}`;
    default:
      return operation satisfies never;
  }
}
