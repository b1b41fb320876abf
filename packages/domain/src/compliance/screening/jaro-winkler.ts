/**
 * Jaro-Winkler similarity, 0 to 1: how many letters two words share near the same place, with a bonus for the same
 * beginning (Winkler 1990, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model").
 */
export const prefixMost = 4;
export const prefixWeight = 0.1;

export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const jaro = similarity(a, b);
  return jaro + commonPrefix(a, b) * prefixWeight * (1 - jaro);
}

function commonPrefix(a: string, b: string): number {
  const most = Math.min(prefixMost, a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

/** Which letters of either word have found their like; a search of a list asks for millions of them. */
let takenA = new Uint8Array(64);
let takenB = new Uint8Array(64);

function similarity(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  takenA = cleared(takenA, a.length);
  takenB = cleared(takenB, b.length);
  let matches = 0;
  for (let i = 0; i < a.length; i += 1) {
    const end = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j += 1) {
      if (takenB[j] === 1 || a.charCodeAt(i) !== b.charCodeAt(j)) continue;
      takenA[i] = 1;
      takenB[j] = 1;
      matches += 1;
      break;
    }
  }
  if (matches === 0) return 0;
  let outOfPlace = 0;
  let j = 0;
  for (let i = 0; i < a.length; i += 1) {
    if (takenA[i] === 0) continue;
    while (takenB[j] === 0) j += 1;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfPlace += 1;
    j += 1;
  }
  return (matches / a.length + matches / b.length + (matches - outOfPlace / 2) / matches) / 3;
}

function cleared(taken: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (length > taken.length) return new Uint8Array(2 * length);
  for (let index = 0; index < length; index += 1) taken[index] = 0;
  return taken;
}
