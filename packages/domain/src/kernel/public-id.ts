/**
 * Ids as people and programs outside see them: a prefix that says what the thing is, and the row's number in
 * Crockford's base 32 (no i, l, o, u; lower case; https://www.crockford.com/base32.html). `bet_8cd` and `p_123`
 * are such ids. Reading is strict: one id has one spelling, so that ids can be compared as text.
 */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const values = new Map([...alphabet].map((char, index) => [char, BigInt(index)]));
const max = (1n << 63n) - 1n;

export const idPrefixes = {
  player: "p",
  bet: "bet",
  transaction: "tx",
  wallet: "w",
  event: "evt",
  session: "gs",
  denial: "dn",
  seal: "seal",
  round: "rnd",
  seed: "seed",
  staff: "st",
  staffSession: "ss",
  playerSession: "ps",
  knownDevice: "kd",
  machineKey: "mk",
  approval: "ap",
  audit: "au",
  note: "nt",
  view: "vw",
  export: "exp",
  schedule: "sch",
  deposit: "dep",
  instrument: "ins",
  webhook: "wh",
  limit: "lim",
  exclusion: "exc",
  interaction: "rgi",
  payout: "pay",
  payoutBatch: "pb",
  bankCredit: "bcr",
  chargeback: "cb",
  conformance: "cf",
  houseAlert: "ha",
  maintenance: "mw",
  screeningHit: "sh",
  screeningList: "sl",
  screeningRun: "sr",
  kycCase: "kyc",
  kycDocument: "doc",
  kycWebhook: "kwh",
  affiliate: "aff",
  affiliateClick: "clk",
  affiliateStatement: "afs",
  affiliatePayment: "afp",
  break: "brk",
  reconRun: "rec",
  settlementReport: "srp",
  bankStatement: "bst",
  amlCase: "amc",
  amlAlert: "ama",
  sar: "sar",
  riskAlert: "ra",
  geoDecision: "geo",
  gameBank: "gb",
  bankTransfer: "bt",
  freeSpins: "frs",
} as const;

export type IdKind = keyof typeof idPrefixes;

export function formatId(kind: IdKind, id: bigint): string {
  let rest = id;
  let text = "";
  do {
    // Two digits a step halves the number of bigint divisions, which is what this costs.
    const low = Number(rest & 1023n);
    rest >>= 10n;
    text = (alphabet[low >> 5] ?? "") + (alphabet[low & 31] ?? "") + text;
  } while (rest > 0n);
  return `${idPrefixes[kind]}_${text.length > 1 && text.startsWith("0") ? text.slice(1) : text}`;
}

/** The number behind a public id, or undefined where the text is not exactly what `formatId` would write. */
export function parseId(kind: IdKind, text: string): bigint | undefined {
  const prefix = idPrefixes[kind];
  const start = prefix.length + 1;
  const length = text.length - start;
  if (length < 1 || length > 13 || !text.startsWith(`${prefix}_`)) return undefined;
  if (length > 1 && text[start] === "0") return undefined;
  let id = 0n;
  for (let index = start; index < text.length; index += 1) {
    const value = values.get(text.charAt(index));
    if (value === undefined) return undefined;
    id = (id << 5n) | value;
  }
  return id > max ? undefined : id;
}
