/** Why a bank did not pay, or sent back, in words: ISO 20022 external code set "status reason" and "return reason". */
const words: Readonly<Record<string, string>> = {
  AC01: "The account number is wrong.",
  AC02: "The account to pay from is wrong.",
  AC03: "The receiver's account number is wrong.",
  AC04: "The account is closed.",
  AC06: "The account is blocked.",
  AG01: "The account takes no transfers.",
  AM03: "The account is not in this currency.",
  AM04: "The house's account does not hold enough.",
  AM05: "It was ordered before.",
  AM10: "The sum of the file is not the sum of its payments.",
  AM18: "The file does not hold as many payments as it says.",
  BE01: "The name is not the account's.",
  FF01: "The file can't be read.",
  MD07: "The receiver has died.",
  MS02: "The receiver does not want it.",
  MS03: "The receiver's bank does not say why.",
  RC01: "The bank's identifier is wrong.",
  RR04: "A rule of the regulator forbids it.",
};

export function sayReason(code: string): string {
  return words[code] ?? `The bank says ${code}.`;
}
