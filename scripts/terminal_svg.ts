// Draws a terminal session as an animated SVG.
import type { PlayedCommand } from "./console_blocks.ts";

const COLUMNS = 92;
const CHARACTER_WIDTH = 8.4;
const LINE_HEIGHT = 20;
const MARGIN = 16;
/** Seconds between two commands. */
const PACE = 2;

/** A line of the terminal. */
interface Line {
  readonly text: string;
  readonly kind: "command" | "output";
  /** When it appears, in seconds. */
  readonly at: number;
}

/**
 * Returns the SVG of a session: each command appears after the one before it. Where
 * nothing moves, all of it is shown.
 */
export function drawTerminal(commands: readonly PlayedCommand[]): string {
  const lines = commands.flatMap(({ command, output }, index) => [
    ...linesOf(`$ ${command}`, "command", index * PACE),
    ...linesOf(output.trimEnd(), "output", index * PACE + PACE / 2),
  ]);
  const width = Math.ceil(COLUMNS * CHARACTER_WIDTH + 2 * MARGIN);
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const texts = lines.map(({ text, kind, at }, index) => {
    const y = MARGIN + (index + 0.7) * LINE_HEIGHT;
    return `<text class="${kind}" x="${MARGIN}" y="${y}" ` +
      `style="animation-delay:${at}s" xml:space="preserve">` +
      `${escapeXml(text)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>A terminal session with cicdstatemgr</title>
<style>
text { font: 14px ui-monospace, Menlo, Consolas, monospace; fill: #c9d1d9; animation: appear .2s both }
.command { fill: #7ee787 }
@keyframes appear { from { opacity: 0 } }
@media (prefers-reduced-motion: reduce) { text { animation: none } }
</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${texts.join("\n")}
</svg>
`;
}

function linesOf(text: string, kind: Line["kind"], at: number): Line[] {
  if (text === "") return [];
  return text.split("\n").flatMap(wrap).map((part) => ({
    text: part,
    kind,
    at,
  }));
}

/** Breaks a line where a terminal would. */
function wrap(line: string): string[] {
  const parts: string[] = [];
  for (let start = 0; start < line.length || start === 0; start += COLUMNS) {
    parts.push(line.slice(start, start + COLUMNS));
  }
  return parts;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
