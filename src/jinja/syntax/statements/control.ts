import type { BodyParser } from "../body_parser.ts";
import type {
  Branch,
  ForNode,
  IfNode,
  LoopControlNode,
  Position,
} from "../nodes.ts";

/** Parses `{% if a %}…{% elif b %}…{% else %}…{% endif %}`. */
export function parseIf(parser: BodyParser, position: Position): IfNode {
  const first = parseBranch(parser);
  const branches: [Branch, ...Branch[]] = [first.branch];
  let { end } = first;
  while (end === "elif") {
    const next = parseBranch(parser);
    branches.push(next.branch);
    end = next.end;
  }
  const otherwise = end === "else"
    ? parser.parseBody("if", ["endif"]).body
    : null;
  return { kind: "if", position, branches, otherwise };
}

function parseBranch(parser: BodyParser): { branch: Branch; end: string } {
  const test = parser.parseTupleBeforeIf();
  const { body, end } = parser.parseBody("if", ["elif", "else", "endif"]);
  return { branch: { test, body }, end };
}

/** Parses `{% for a in b if c recursive %}…{% else %}…{% endfor %}`. */
export function parseFor(parser: BodyParser, position: Position): ForNode {
  const { tokens } = parser;
  const target = parser.parseTarget();
  tokens.expectKeyword("in");
  const iterable = parser.parseTupleBeforeIf();
  const test = tokens.acceptKeyword("if") ? parser.parseExpression() : null;
  const isRecursive = tokens.acceptKeyword("recursive");
  const { body, end } = parser.parseBody("for", ["else", "endfor"]);
  const otherwise = end === "else"
    ? parser.parseBody("for", ["endfor"]).body
    : null;
  return {
    kind: "for",
    position,
    target,
    iterable,
    test,
    isRecursive,
    body,
    otherwise,
  };
}

/** Parses `{% break %}`. */
export function parseBreak(
  _parser: BodyParser,
  position: Position,
): LoopControlNode {
  return { kind: "break", position };
}

/** Parses `{% continue %}`. */
export function parseContinue(
  _parser: BodyParser,
  position: Position,
): LoopControlNode {
  return { kind: "continue", position };
}
