import type { Arguments, ExpressionNode, KeywordArgument } from "./nodes.ts";
import type { TokenStream } from "./token_stream.ts";

/** Parses `(a, b=c, *d, **e)` in this order. */
export function parseArguments(
  tokens: TokenStream,
  parseExpression: () => ExpressionNode,
): Arguments {
  const positional: ExpressionNode[] = [];
  const keywords: KeywordArgument[] = [];
  let list: ExpressionNode | null = null;
  let mapping: ExpressionNode | null = null;
  tokens.expectOperator("(");
  for (let isFirst = true; !tokens.acceptOperator(")"); isFirst = false) {
    if (!isFirst) {
      tokens.expectOperator(",");
      if (tokens.acceptOperator(")")) break;
    }
    const { current, following } = tokens;
    const { position } = current;
    if (mapping !== null) {
      tokens.fail("no argument can follow '**'");
    } else if (tokens.acceptOperator("*")) {
      if (list !== null) tokens.fail("a call takes '*' once", { position });
      list = parseExpression();
    } else if (tokens.acceptOperator("**")) {
      mapping = parseExpression();
    } else if (
      current.kind === "name" && following.kind === "operator" &&
      following.value === "="
    ) {
      tokens.next();
      tokens.next();
      const value = parseExpression();
      keywords.push({ position, name: current.value, value });
    } else {
      if (list !== null || keywords.length > 0) {
        tokens.fail("a positional argument follows a keyword argument");
      }
      positional.push(parseExpression());
    }
  }
  return { positional, keywords, list, mapping };
}
