/**
 * Keeps configuration and state across the tasks of a CI/CD system that has no
 * place for them.
 *
 * {@linkcode CicdStateMgr} creates, reads and changes documents in Redis,
 * SQLite or a file, and mirrors them to files that tasks read. The pieces that
 * it is made of can be used on their own: templates, JSONPath, and YAML and
 * JSON that keep numbers as they were written.
 *
 * Nothing runs on import, and each part needs only the permissions that its
 * documentation names.
 *
 * @example Set and read a value
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * await manager.init("build-1", {
 *   appConfig: { "cicd-contexts": { stage: {} } },
 * });
 * await manager.set("build-1", { "state.tag": "v1" });
 * strictEqual(await manager.get("build-1", "state.tag"), "v1");
 * ```
 *
 * @module
 */

export { CicdStateMgr } from "./src/manager/manager.ts";
export { ManagerCore } from "./src/manager/parts.ts";
export type {
  ChangeOptions,
  EventOptions,
  GenerateOptions,
  GetOptions,
  HandleEventOptions,
  InitOptions,
  LoadOptions,
  OpenOptions,
  PreviewOptions,
  RenderingOptions,
  TemplateVariable,
  WriteOptions,
} from "./src/manager/options.ts";
export type { Lock, LockOptions } from "./src/coordination/lock.ts";
export type {
  OnceOptions,
  OnceOutcome,
  OnceRecord,
  OnceTask,
} from "./src/coordination/once.ts";
export type { WaitOptions } from "./src/coordination/wait.ts";
export type { ConfigSource } from "./src/config/source.ts";
export {
  CicdStateError,
  type CicdStateErrorOptions,
  type ErrorCode,
  type ErrorPlace,
} from "./src/errors.ts";
export {
  Float,
  type Mapping,
  Timestamp,
  type TimestampKind,
  type TimestampParts,
  type Value,
} from "./src/values.ts";
export type { Change, Document, Operation } from "./src/document/change.ts";
export type { PathStep, PropertyPath } from "./src/document/path.ts";
export type { Difference } from "./src/document/diff.ts";
export type {
  StateRecords,
  StoreCoordination,
  StoreInfo,
  WatchDocument,
} from "./src/document/capabilities.ts";
export { memoryStore } from "./src/datasources/memory/memory.ts";
export type {
  ChangeNote,
  HistoryEntry,
  HistoryOperation,
  ListedDocument,
  ListOptions,
  ListPage,
  Mirror,
  ReadOptions,
  Snapshot,
  StateHistory,
  StateStore,
  SwapOptions,
  TakeTurnOptions,
  Turn,
} from "./src/document/store.ts";
export type {
  RedisClient,
  RedisCommand,
} from "./src/datasources/redis/clients/client.ts";
export { parseJson } from "./src/formats/json.ts";
export {
  stringifyJson,
  type StringifyJsonOptions,
} from "./src/formats/json_writer.ts";
export { parseYaml, type ParseYamlOptions } from "./src/formats/yaml.ts";
export { stringifyYaml } from "./src/formats/yaml_writer.ts";
export { queryPath } from "./src/document/jsonpath.ts";
export {
  JsonPathError,
  type JsonPathPhase,
} from "./src/document/jsonpath_error.ts";
export {
  type RenderOptions,
  renderTemplate,
  type TemplateErrorDetails,
  type TemplateLimits,
} from "./src/templates/render.ts";
export { TemplateError } from "./src/templates/error.ts";
export type {
  Delivery,
  EventOutcome,
  Interruption,
  PipelineEvent,
  PlannedRequest,
} from "./src/events/types.ts";
export type { Logger } from "./src/util/log.ts";
