/** How long a value may be, in characters, to be compared with an expression. */
export const MAX_MATCHED = 65_536;

/** Runs an expression, in a thread of its own. */
const THREAD = `onmessage = ({ data: [source, text] }) =>
  postMessage(new RegExp(source).test(text));`;

/**
 * Compares strings with a regular expression. Some expressions take years for
 * some strings, and strings come from anywhere: a thread of its own takes that
 * time, so that whoever waits for the result can stop waiting.
 *
 * @param expression The expression.
 * @returns Reports whether a string matches; a longer one than {@linkcode MAX_MATCHED} never does.
 */
export function createMatcher(
  { source }: RegExp,
): (text: string) => Promise<boolean> {
  let thread: Worker | undefined;
  return async (text) => {
    if (text.length > MAX_MATCHED) return false;
    const url = `data:text/javascript,${encodeURIComponent(THREAD)}`;
    const worker = thread ??= new Worker(url, { type: "module" });
    const { promise, resolve } = Promise.withResolvers<boolean>();
    worker.onmessage = ({ data }) => resolve(data === true);
    worker.postMessage([source, text]);
    return await promise;
  };
}
