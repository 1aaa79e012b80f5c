const SLOTS = 16384;
const POLYNOMIAL = 0x1021;

/**
 * Returns the hash slot of a key, as a cluster computes it.
 *
 * @param key The key.
 * @returns A number from 0 to 16383.
 */
export function keySlot(key: string): number {
  const open = key.indexOf("{");
  const close = open < 0 ? -1 : key.indexOf("}", open);
  const hashed = close > open + 1 ? key.slice(open + 1, close) : key;
  let crc = 0;
  for (const byte of new TextEncoder().encode(hashed)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 0x8000 ? crc << 1 ^ POLYNOMIAL : crc << 1) & 0xffff;
    }
  }
  return crc % SLOTS;
}

/**
 * Finds a hash tag for a slot.
 *
 * @param slot The slot.
 * @returns A short string that hashes to it; always the same one for a slot.
 */
export function tagOfSlot(slot: number): string {
  let number = 0;
  while (keySlot(String(number)) !== slot) number++;
  return String(number);
}
