import { CicdStateError } from "../errors.ts";
import { parentFolder } from "./file_target.ts";

/** What was being done to a file, for messages. */
type FileVerb = "read" | "write" | "lock";

/**
 * Converts a failure of the file system to an error that says how to fix it.
 *
 * @param cause The failure.
 * @param verb What was being done.
 * @param what The file's name in messages: `jsonfile state.json`.
 * @param path Its path.
 * @returns The error to throw; the cause itself, if it is a {@linkcode CicdStateError}.
 */
export function fileError(
  cause: unknown,
  verb: FileVerb,
  what: string,
  path: string,
): unknown {
  if (cause instanceof CicdStateError) return cause;
  const failed = `Cannot ${verb} ${what}`;
  if (cause instanceof Deno.errors.NotCapable) {
    return new CicdStateError(
      "PERMISSION",
      `${failed}: Deno was not allowed to`,
      { hint: permissionHint(verb, path), cause },
    );
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    return new CicdStateError(
      "PERMISSION",
      `${failed}: the system denies access`,
      {
        hint: verb === "lock"
          ? `Give this user write access to ${path}.lock and its folder`
          : `Give this user permission to ${verb} ${path}`,
        cause,
      },
    );
  }
  const { why, hint } = explain(cause, path);
  return new CicdStateError("STORE", `${failed}: ${why}`, { hint, cause });
}

function permissionHint(verb: FileVerb, path: string): string {
  if (verb === "read") return `Run deno with --allow-read=${path}`;
  // A temporary file and a lock file are written beside it.
  const folder = parentFolder(path);
  return `Run deno with --allow-read=${folder} --allow-write=${folder}`;
}

function explain(cause: unknown, path: string): { why: string; hint: string } {
  const { code, message } = cause as { code?: string; message?: string };
  const text = `${code ?? ""} ${message ?? String(cause)}`;
  if (/ENOSPC|EDQUOT|os error (28|122)\b/.test(text)) {
    return {
      why: "the disk is full",
      hint: "Free some space and run it again",
    };
  }
  if (/EFBIG|os error 27\b/.test(text)) {
    return {
      why: "the file would be larger than the system allows",
      hint: "Raise the limit of file sizes (ulimit -f)",
    };
  }
  if (/EROFS|os error 30\b/.test(text)) {
    return {
      why: "the file system is read-only",
      hint: "Choose a path on a writable file system",
    };
  }
  if (/EBUSY|os error 16\b/.test(text)) {
    return {
      why: "it is a mount point, or otherwise in use",
      hint: "Mount the folder that it is in",
    };
  }
  if (/ENOLCK|EOPNOTSUPP|ENOTSUP|ENOSYS|os error (37|38|95)\b/.test(text)) {
    return {
      why: "the file system does not support locks",
      hint: "Choose a path on a local disk, or a datasource that is not a file",
    };
  }
  if (cause instanceof Deno.errors.NotADirectory || /EEXIST/.test(text)) {
    return {
      why: "a part of its path is a file, not a folder",
      hint: `Check the path ${path}`,
    };
  }
  if (cause instanceof Deno.errors.IsADirectory) {
    return { why: "it is a folder", hint: "Choose the path of a file" };
  }
  if (cause instanceof Deno.errors.NotFound) {
    return { why: "no such file or folder", hint: `Check the path ${path}` };
  }
  return { why: message ?? String(cause), hint: `Check the path ${path}` };
}
