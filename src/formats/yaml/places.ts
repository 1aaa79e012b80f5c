import type { Value } from "../../values.ts";

/** Where a key or item and its value are. */
export interface Place {
  /** The offset of the key, or of the item of a list. */
  readonly keyOffset: number;
  /**
   * The offset of the value if it may be on the line of its key; the offset of the
   * key if the value is empty or a block.
   */
  readonly offset: number;
}

/** The places of the keys of each mapping and of the items of each list. */
export type Places = Map<Value, Map<string | number, Place>>;

/** Records the place of a key or item, if places are collected and it is known. */
export function recordPlace(
  places: Places | undefined,
  container: Value,
  key: string | number,
  place: Place | undefined,
): void {
  if (places === undefined || place === undefined) return;
  const inContainer = places.get(container) ?? new Map();
  places.set(container, inContainer.set(key, place));
}
