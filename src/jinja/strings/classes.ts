/** Tells whether a text is a name to Python, as `str.isidentifier()` does. */
export function isIdentifier(text: string): boolean {
  // Unicode's classes take long to make: no constant.
  return /^[\p{XIDS}_]\p{XIDC}*$/u.test(text);
}
