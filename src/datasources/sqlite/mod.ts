import { object, required } from "../../schema/composite.ts";
import { fileMode, string } from "../../schema/schema.ts";
import { type DatasourceKind, defineKind, KEEPING_KEYS } from "../kind.ts";

/** An SQLite database in one file. */
export const sqlite: DatasourceKind = defineKind({
  name: "sqlite",
  description: "An SQLite database in one file, for tasks on one host.",
  options: object({
    "path": required(string({
      description: "The path of the file. Missing folders are created.",
    })),
    "mode": fileMode({
      description:
        "The mode of the file and of those beside it. By default, only their owner can read them.",
    }),
    ...KEEPING_KEYS,
  }),
  path: ({ path }) => path,
  store: {
    can: [
      "expire documents",
      "keep history",
      "hold many documents",
      "list documents",
      "remove documents",
      "hold locks",
    ],
    async open({ path, mode }, extras) {
      const { sqliteStore } = await import("./store.ts");
      return sqliteStore({ path, mode }, extras);
    },
  },
});
