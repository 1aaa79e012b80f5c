import { CicdStateError } from "../errors.ts";

/** What was being done to a file, as messages say it. */
export type FileVerb = "read" | "write" | "lock";

/**
 * Turns a failure of the file system into an error that says how to mend it.
 *
 * @param cause The failure.
 * @param verb What was being done.
 * @param what The file, as messages name it: `jsonfile state.json`.
 * @param path Its path.
 * @returns The error to throw; the cause itself, if it is one already.
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
      `${failed}: the system refuses access`,
      { hint: `Give this user the right to ${verb} ${path}`, cause },
    );
  }
  const { why, hint } = explain(cause, path);
  return new CicdStateError("STORE", `${failed}: ${why}`, { hint, cause });
}

function permissionHint(verb: FileVerb, path: string): string {
  if (verb === "read") return `Run deno with --allow-read=${path}`;
  // Beside the file, a temporary one and a lock are written.
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
      hint: "Choose a path on a writable one",
    };
  }
  if (/ENOLCK|EOPNOTSUPP|ENOTSUP|ENOSYS|os error (37|38|95)\b/.test(text)) {
    return {
      why: "the file system has no locks",
      hint: "Choose a path on a local disk, or redis as primary",
    };
  }
  if (cause instanceof Deno.errors.NotADirectory || /EEXIST/.test(text)) {
    return {
      why: "a part of its path is a file, not a folder",
      hint: `Check the path ${path}`,
    };
  }
  if (cause instanceof Deno.errors.IsADirectory) {
    return { why: "it is a folder", hint: "Name a file" };
  }
  if (cause instanceof Deno.errors.NotFound) {
    return { why: "no such file or folder", hint: `Check the path ${path}` };
  }
  return { why: message ?? String(cause), hint: `Check the path ${path}` };
}

/**
 * Finds the folder that a file is in.
 *
 * @param path The file's path.
 * @returns The folder's path; `.` if the path has none.
 */
export function parentFolder(path: string): string {
  const end = Deno.build.os === "windows"
    ? Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"))
    : path.lastIndexOf("/");
  if (end < 0) return ".";
  return end === 0 ? "/" : path.slice(0, end);
}
