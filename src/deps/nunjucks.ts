// Four files of nunjucks, without its compiler and runtime: they only parse.
export * as lexer from "npm:nunjucks@3.2.4/src/lexer.js";
export * as lib from "npm:nunjucks@3.2.4/src/lib.js";
export * as nodes from "npm:nunjucks@3.2.4/src/nodes.js";
export * as parser from "npm:nunjucks@3.2.4/src/parser.js";
