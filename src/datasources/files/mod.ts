import { list, object, required } from "../../schema/composite.ts";
import { fileMode, string } from "../../schema/schema.ts";
import {
  type DatasourceKind,
  defineKind,
  PRIMARY_KEYS,
  SECTION_KEYS,
} from "../kind.ts";
import type { DocumentFile, DocumentFileOptions } from "./document_file.ts";

const PATH_KEYS = {
  "path": required(string({
    description: "The path of the file. Missing folders are created.",
  })),
  "mode": fileMode({
    description:
      "The mode of the file. By default, only its owner can read the file of a primary or a new one, and a mirror keeps the mode that it has.",
  }),
} as const;

const DOCUMENT_OPTIONS = object({ ...PATH_KEYS, ...PRIMARY_KEYS });

/** A file that holds one whole document, as a primary and as a mirror. */
function documentKind(
  name: string,
  description: string,
  fileAt: (options: DocumentFileOptions) => Promise<DocumentFile>,
): DatasourceKind {
  return defineKind({
    name,
    description,
    options: DOCUMENT_OPTIONS,
    path: ({ path }) => path,
    store: {
      can: ["list documents", "remove documents", "hold locks"],
      async open(options, extras) {
        const { fileStore } = await import("./file_store.ts");
        return fileStore(await fileAt({ ...options, ...extras }));
      },
    },
    mirror: {
      isReadable: true,
      async open(options, extras) {
        const { fileMirror } = await import("./document_file.ts");
        return fileMirror(await fileAt({ ...options, ...extras }));
      },
    },
  });
}

/** A JSON file that holds one document. */
export const jsonfile: DatasourceKind = documentKind(
  "jsonfile",
  "A JSON file that holds one document.",
  async (options) => {
    const { jsonFile } = await import("./document_file.ts");
    return jsonFile(options);
  },
);

/** A YAML file that holds one document. */
export const yamlfile: DatasourceKind = documentKind(
  "yamlfile",
  "A YAML file that holds one document.",
  async (options) => {
    const { yamlFile } = await import("./yaml_file.ts");
    return yamlFile(options);
  },
);

/** A file of variable assignments that shells source. */
export const shellfile: DatasourceKind = defineKind({
  name: "shellfile",
  description:
    "A file of variable assignments that shells source. A mirror only.",
  options: object({
    ...PATH_KEYS,
    "excludeKeyNames": list(string(), {
      description: "Keys to leave out, at any depth.",
    }),
    ...SECTION_KEYS,
  }),
  path: ({ path }) => path,
  mirror: {
    isReadable: false,
    async open({ path, mode, excludeKeyNames }, { warn }) {
      const { shellFileMirror } = await import("./shell_file.ts");
      return shellFileMirror({ path, mode, excludeKeyNames, warn });
    },
  },
});

/** A file that holds the document's id. */
export const idfile: DatasourceKind = defineKind({
  name: "idfile",
  description: "A file that holds the document's id. A mirror only.",
  options: object({ ...PATH_KEYS, ...SECTION_KEYS }),
  path: ({ path }) => path,
  mirror: {
    isReadable: false,
    async open({ path, mode }) {
      const { idFileMirror } = await import("./id_file.ts");
      return idFileMirror(path, mode);
    },
  },
});
