// All modules that every command needs at once, for the same reason as those of
// src/templates/engine.ts.
import "../config/datasources.ts";
import "../config/load.ts";
import "../config/options.ts";
import "../datasources/registry.ts";
import "../deps/yaml.ts";
import "../errors.ts";
import "../formats/json.ts";
import "../formats/output_limit.ts";
import "../formats/python_text.ts";
import "../formats/yaml.ts";
import "../formats/yaml_error.ts";
import "../formats/yaml_schema.ts";
import "../manager/manager.ts";
import "../manager/repository.ts";
import "../manager/template_context.ts";
import "../state/change.ts";
import "../templates/renderer.ts";
import "../util/duration.ts";
import "../util/log.ts";
import "../util/merge.ts";
import "../util/messages.ts";
import "../util/read_text.ts";
import "../util/redact.ts";
import "../values.ts";
import "../version.ts";
import "./flags.ts";
import "./parse_flags.ts";

export { type Io, main } from "./main.ts";
