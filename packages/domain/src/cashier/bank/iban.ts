/** International bank account numbers (ISO 13616): their country's own form, and check digits modulo 97. */
import { composeIBAN, electronicFormatIBAN, friendlyFormatIBAN, isValidIBAN } from "ibantools";
import { err, type Failure, ok, type Result } from "../../kernel/result.ts";

/** In the one spelling that it is compared by: capitals, without spaces. */
export function readIban(text: string): Result<string, Failure<"IBAN_INVALID">> {
  const iban = electronicFormatIBAN(text);
  return iban !== null && isValidIBAN(iban) ? ok(iban) : err("IBAN_INVALID");
}

/** With the check digits that belong to it; undefined where the country has no such account numbers. */
export function makeIban(country: string, account: string): string | undefined {
  return composeIBAN({ countryCode: country, bban: account }) ?? undefined;
}

/** In groups of four, as it stands on paper. */
export function spellIban(iban: string): string {
  return friendlyFormatIBAN(iban) ?? iban;
}

/** Enough for its owner to know it again, and for nobody to pay to it: `DE89 … 3000`. */
export function maskIban(iban: string): string {
  return `${iban.slice(0, 4)} … ${iban.slice(-4)}`;
}
