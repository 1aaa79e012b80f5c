import type { StoreInfo } from "../../document/capabilities.ts";
import type { Database } from "./database.ts";

/** Reads the version of SQLite, and looks for damage. */
export function readInfo(database: Database): StoreInfo {
  const version = database.get("SELECT sqlite_version() AS version")?.version;
  const found = database.get("PRAGMA quick_check(1)")?.quick_check;
  return {
    version: String(version),
    damage: found === "ok" ? undefined : String(found),
  };
}
