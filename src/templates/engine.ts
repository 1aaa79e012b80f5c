// All modules of the template engine at once. From source, Deno decodes the source
// map of each module that is the first to ask for another one: here that is one
// small module, and rendering begins some milliseconds earlier.
import "../deps/nunjucks.js";
import "../errors.ts";
import "../formats/json.ts";
import "../formats/output_limit.ts";
import "../formats/python_text.ts";
import "../formats/pyyaml_dump.ts";
import "../formats/pyyaml_writer.ts";
import "../values.ts";
import "./arithmetic.ts";
import "./attributes.ts";
import "./compare.ts";
import "./compile_expression.ts";
import "./compile_macro.ts";
import "./compile_statement.ts";
import "./compiler.ts";
import "./data_filters.ts";
import "./dict.ts";
import "./dict_methods.ts";
import "./error.ts";
import "./expression_parser.ts";
import "./filters.ts";
import "./format_spec.ts";
import "./globals.ts";
import "./html_text.ts";
import "./iterate.ts";
import "./list_methods.ts";
import "./loop.ts";
import "./methods.ts";
import "./native.ts";
import "./nodes.ts";
import "./number_filters.ts";
import "./numbers.ts";
import "./objects.ts";
import "./pretty_print.ts";
import "./runtime.ts";
import "./sequence_filters.ts";
import "./string_format.ts";
import "./string_methods.ts";
import "./strings.ts";
import "./template_parser.ts";
import "./tests.ts";
import "./text.ts";
import "./text_filters.ts";
import "./tokens.ts";

export { renderTemplate } from "./render.ts";
