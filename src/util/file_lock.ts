import { fileError } from "./file_error.ts";
import { KeyedQueue } from "./keyed_queue.ts";
import { createPrivateFile } from "./replace_file.ts";
import { abortable } from "./retry.ts";

/** A lock that this process holds. */
export interface FileLock extends AsyncDisposable {
  /** Lets the next one have it. */
  release(): Promise<void>;
}

const queue = new KeyedQueue();

/**
 * Waits for the exclusive lock of a file. The system releases it when the
 * process ends, however it ends; the file itself stays, and blocks nobody.
 *
 * @param path The lock file's path. It is created, for its owner only.
 * @param options The locked file as messages name it, and what ends the wait.
 * @returns The lock.
 * @throws {CicdStateError} `STORE` or `PERMISSION`; what the signal was aborted with.
 */
export async function lockFile(
  path: string,
  { what, signal }: { what: string; signal?: AbortSignal | undefined },
): Promise<FileLock> {
  // Within a process a queue of promises: each wait for the system's lock
  // holds a thread, and file operations need threads too.
  const leave = await queue.enter(path, signal);
  try {
    return new HeldLock(await openLocked(path, signal), leave);
  } catch (error) {
    leave();
    if (signal?.aborted) throw error;
    throw fileError(error, "lock", what, path);
  }
}

class HeldLock implements FileLock {
  readonly #file: Deno.FsFile;
  readonly #leave: () => void;

  constructor(file: Deno.FsFile, leave: () => void) {
    this.#file = file;
    this.#leave = leave;
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
  signal: AbortSignal | undefined,
): Promise<Deno.FsFile> {
  const file = await createPrivateFile(path, { mustBeNew: false });
  let pending: Promise<void> | undefined;
  try {
    if (await file.tryLock(true)) return file;
    pending = file.lock(true);
    await (signal === undefined ? pending : abortable(pending, signal));
    return file;
  } catch (error) {
    // A wait that was given up goes on in the system: closing the file now
    // could close another's descriptor, so it is closed when the wait ends.
    if (pending === undefined || !signal?.aborted) file.close();
    else pending.then(() => file.close(), () => file.close());
    throw error;
  }
}
