/** Rounds to the nearest whole number, halves to the even one: 2.5 -> 2, 102.4 -> 102. */
export function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
