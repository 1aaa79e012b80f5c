import { isMapping, type Mapping, type Value } from "../../values.ts";

/** A key whose value is a credential, in a section that has others too. */
const SECRET_KEY_REGEXP = /password|passphrase|secret|token/i;

/**
 * Lists the values of a secrets file.
 *
 * @param secretData The secrets.
 * @returns Every string and number in it, however deep, and the passwords of
 * URLs.
 */
export function collectSecrets(secretData: Mapping): string[] {
  return [...leaves(secretData, () => true)];
}

/**
 * Lists the credentials in a section that is not secret as a whole.
 *
 * @param section The section.
 * @returns The values of keys such as `password`, however deep, and the
 * passwords of URLs.
 */
export function collectPasswords(section: Mapping): string[] {
  return [...leaves(section, (key) => SECRET_KEY_REGEXP.test(key))];
}

function* leaves(
  value: Value,
  isSecret: (key: string) => boolean,
  key = "",
): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* leaves(item, isSecret, key);
  } else if (isMapping(value)) {
    for (const name of Object.keys(value)) {
      yield* leaves(value[name]!, isSecret, name);
    }
  } else if (value !== null && typeof value !== "boolean") {
    const text = String(value);
    if (isSecret(key)) yield text;
    yield* urlPasswords(text);
  }
}

/**
 * Returns the password of a URL, as it is written and decoded. Outside http,
 * passwords are often not encoded, so that everything up to the last `@` may
 * belong to one.
 */
function urlPasswords(url: string): string[] {
  const [, scheme, rest] = /^\s*([a-z][a-z\d+.-]*):\/\/([^]*)$/i.exec(url) ??
    [];
  if (rest === undefined || scheme === undefined) return [];
  const authority = /^[^/?#]*/.exec(rest)![0];
  const candidates = /^https?$/i.test(scheme) ? [authority] : [authority, rest];
  return candidates.flatMap((candidate) => {
    const end = candidate.lastIndexOf("@");
    if (end < 0) return [];
    const user = candidate.slice(0, end);
    const password = user.slice(user.indexOf(":") + 1);
    return [password, decodePercent(password)];
  });
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
