// Of nunjucks, what only parses: without its compiler and its runtime.
// `deno task vendor` makes src/deps/nunjucks.js of it.
export * as lexer from "npm:nunjucks@3.2.4/src/lexer.js";
export * as nodes from "npm:nunjucks@3.2.4/src/nodes.js";
export { Parser } from "npm:nunjucks@3.2.4/src/parser.js";
