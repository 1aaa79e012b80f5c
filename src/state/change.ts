import type { Mapping, Value } from "../values.ts";

/** The keys that lead from a document's root to a value. Never empty. */
export type PropertyPath = readonly string[];

/** One step of a change to a document. */
export type Operation =
  /** Writes a value; missing mappings on the way are created. */
  | { readonly op: "set"; readonly path: PropertyPath; readonly value: Value }
  /** Appends to a list, which a missing or falsy value becomes. */
  | {
    readonly op: "append";
    readonly path: PropertyPath;
    readonly items: readonly Value[];
  }
  /** Appends what the list does not have yet. */
  | {
    readonly op: "addUnique";
    readonly path: PropertyPath;
    readonly items: readonly Value[];
  }
  /** Makes it the empty list. */
  | { readonly op: "clear"; readonly path: PropertyPath }
  /** Removes a key. A missing one is no error. */
  | { readonly op: "delete"; readonly path: PropertyPath }
  /** Adds to a number; a missing one counts as 0. */
  | {
    readonly op: "increment";
    readonly path: PropertyPath;
    readonly by: number;
  };

/** What is done to a document: operations, applied in order, all or none. */
export type Change = readonly Operation[];

/** A document: configuration and state of one context data id. */
export type Document = Mapping;
