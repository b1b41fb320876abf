/** ISO 7064, MOD 97-10: letters count from A = 10, and the number that they make is divided by 97. */
export function remainder97(text: string): number {
  let rest = 0;
  for (const char of text) {
    const value = Number.parseInt(char, 36);
    if (Number.isNaN(value)) throw new Error("only letters and digits have a check number");
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
