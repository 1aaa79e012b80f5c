/** Returns numbers below `count`, the same sequence for the same seed. */
export type Random = (count: number) => number;

/** Creates a generator of random numbers that repeats for a seed. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return function random(count) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * count);
  };
}
