/** Why text is not YAML, and where. */
export class YamlFault extends Error {
  /** The offset of the first character that is wrong. */
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}
