import { abortable, KeyedQueue } from "./concurrency.ts";
import { createPrivateFile } from "./file_target.ts";
import { fileError } from "./file_error.ts";
import { realPathOf } from "./real_path.ts";

/** A lock that this process holds. */
export interface FileLock extends AsyncDisposable {
  /**
   * Reports whether the lock still keeps others out. It does not if the lock
   * file was removed: others then lock a new one.
   */
  isHeld(): Promise<boolean>;
  /** Lets the next one have the lock. */
  release(): Promise<void>;
}

/** Options of {@linkcode lockFile}. */
interface LockFileOptions {
  /** The locked file's name in messages: `jsonfile state.json`. */
  readonly what: string;
  /** The mode of the lock file. By default, only its owner can open it. */
  readonly mode?: number | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

const queue = new KeyedQueue();

/**
 * Waits for the exclusive lock of a file, whatever path leads to it. The lock is
 * a file beside it, `<path>.lock`, which is created for its owner only and stays
 * there. The system releases the lock when the process ends, however it ends.
 *
 * @param path The path of the file to lock. The file need not exist.
 * @param options The file's name, and what ends the wait.
 * @returns The lock.
 * @throws {CicdStateError} `STORE` or `PERMISSION`; the signal's reason, if it is aborted.
 */
export async function lockFile(
  path: string,
  { what, mode, signal }: LockFileOptions,
): Promise<FileLock> {
  const lockPath = `${await realPathOf(path)}.lock`;
  // Within a process, wait for a promise: each wait for the system's lock takes
  // a thread, and file operations need threads too.
  const leave = await queue.enter(lockPath, signal);
  try {
    for (;;) {
      const file = await openLocked(lockPath, mode, signal);
      const lock = new HeldLock(lockPath, file, leave);
      if (await lock.isHeld()) return lock;
      file.close();
    }
  } catch (error) {
    leave();
    if (signal?.aborted) throw error;
    throw fileError(error, "lock", what, path);
  }
}

class HeldLock implements FileLock {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #leave: () => void;

  constructor(path: string, file: Deno.FsFile, leave: () => void) {
    this.#path = path;
    this.#file = file;
    this.#leave = leave;
  }

  async isHeld(): Promise<boolean> {
    const [held, found] = await Promise.all([
      this.#file.stat(),
      Deno.stat(this.#path).catch(() => undefined),
    ]);
    return found?.ino === held.ino && found.dev === held.dev;
  }

  release(): Promise<void> {
    this.#file.close();
    this.#leave();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }
}

async function openLocked(
  path: string,
  mode: number | undefined,
  signal: AbortSignal | undefined,
): Promise<Deno.FsFile> {
  const file = await createPrivateFile(path, { mustBeNew: false });
  if (mode !== undefined && Deno.build.os !== "windows") {
    // It may be another user's, who has done the same.
    await Deno.chmod(path, mode).catch(() => {});
  }
  let pending: Promise<void> | undefined;
  try {
    if (await file.tryLock(true)) return file;
    pending = file.lock(true);
    await (signal === undefined ? pending : abortable(pending, signal));
    return file;
  } catch (error) {
    // The system keeps waiting. Closing the file now could close a file of
    // somebody else that gets the same descriptor, so close it afterwards.
    if (pending === undefined || !signal?.aborted) file.close();
    else pending.then(() => file.close(), () => file.close());
    throw error;
  }
}
