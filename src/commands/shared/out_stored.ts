import { CicdStateError } from "../../errors.ts";

/**
 * Prints what a change resulted in. If that fails, the error says that the
 * change is stored, so that nobody repeats it.
 *
 * @param out Writes to stdout.
 * @param text What to print.
 * @param stored What is stored, as a sentence without a full stop.
 * @throws {CicdStateError} `STORE`, if stdout cannot be written.
 */
export function outStored(
  out: (text: string) => void,
  text: string,
  stored: string,
): void {
  try {
    out(text);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const { code, message, hint } = error;
    const text = `${stored}. ${message}`;
    throw new CicdStateError(code, text, { hint, cause: error });
  }
}
