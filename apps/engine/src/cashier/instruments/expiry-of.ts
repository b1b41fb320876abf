/** When a card expires, as it stands on the card; null of everything else. */
export function expiryOf({
  expiresMonth,
  expiresYear,
}: {
  readonly expiresMonth: number | null;
  readonly expiresYear: number | null;
}): string | null {
  return expiresMonth === null ? null : `${String(expiresMonth).padStart(2, "0")}/${expiresYear}`;
}
