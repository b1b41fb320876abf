/**
 * The personal fields of a player, how each looks masked, and what an erasure keeps. Whoever may see a player sees the
 * masks; a field in clear takes the permission `player.reveal`, a reason and an audit row.
 */
export const personalFields = ["email", "firstName", "lastName", "birthDate", "address", "phone"] as const;
export type PersonalField = (typeof personalFields)[number];

const masks: { readonly [F in PersonalField]: (value: string) => string } = {
  email: (value) => {
    const at = value.lastIndexOf("@");
    return at < 1 ? "•••" : `${value.slice(0, 1)}•••${value.slice(at)}`;
  },
  firstName: initial,
  lastName: initial,
  // The year alone answers what support asks most: is this an adult.
  birthDate: (value) => `${value.slice(0, 4)}-••-••`,
  address: () => "•••",
  phone: (value) => `•••${value.slice(-2)}`,
};

export function maskPersonal(field: PersonalField, value: string): string {
  return masks[field](value);
}

function initial(value: string): string {
  const [first] = value;
  return first === undefined ? "•••" : `${first}•••`;
}

/**
 * Fields that anti-money-laundering law keeps after the business relationship ends (Directive (EU) 2015/849 art. 40:
 * five years), for players who ever moved money. Erasure (GDPR art. 17) does not reach them (art. 17(3)(b)).
 */
export const retainedFields: readonly PersonalField[] = ["firstName", "lastName", "birthDate", "address"];
export const retentionYears = 5;

export interface Kept {
  readonly what: string;
  readonly why: string;
  /** Until when, ISO date; null is without an end. */
  readonly until: string | null;
}

/** What an erasure leaves behind, in words for the player and the record. */
export function listKept(movedMoney: boolean, retainUntil: string): Kept[] {
  const ledger: Kept = {
    what: "Bets, transactions and balances under the player's number, without name or contact.",
    why: "Gambling and tax law ask that every game and payment can be shown again.",
    until: null,
  };
  const devices: Kept = {
    what: "The network addresses, devices and rough places that bets came from, under the player's number.",
    why: "Disputes and fraud must stay traceable for as long as the games themselves.",
    until: null,
  };
  const audit: Kept = {
    what: "The record of what staff did to the account, with personal data masked.",
    why: "Records of decisions must stay whole to be evidence.",
    until: null,
  };
  const identity: Kept = {
    what: "Name, birth date and address, under a key of their own that compliance alone can use.",
    why: "Directive (EU) 2015/849 article 40 keeps the identity of customers for five years.",
    until: retainUntil,
  };
  return movedMoney ? [ledger, devices, audit, identity] : [ledger, devices, audit];
}
