/**
 * The reference that a payer writes on a transfer so that it is known again (ISO 11649): `RF`, two check digits modulo
 * 97, and up to 21 letters and digits. Banks and their apps check the digits, so that a slip of the pen is found there.
 */
import { remainder97 } from "./remainder-97.ts";

const shape = /^RF[0-9]{2}[0-9A-Z]{1,21}$/;
/** Any text with as many letters and digits as a reference, behind RF: payers put spaces and words around it. */
const somewhere = /RF[\s.-]*[0-9]{2}(?:[\s.-]*[0-9A-Z]){1,21}/gi;

export function makeCreditorReference(body: string): string {
  const text = body.toUpperCase();
  if (!/^[0-9A-Z]{1,21}$/.test(text)) throw new Error("a reference is made of up to 21 letters and digits");
  const digits = String(98 - remainder97(`${text}RF00`)).padStart(2, "0");
  return `RF${digits}${text}`;
}

/** In the one spelling that it is compared by; undefined where it is none, or its check digits are wrong. */
export function readCreditorReference(text: string): string | undefined {
  const plain = text.toUpperCase().replace(/[\s.-]/g, "");
  if (!shape.test(plain)) return undefined;
  return remainder97(plain.slice(4) + plain.slice(0, 4)) === 1 ? plain : undefined;
}

/** The first one in what a payer wrote in words. Words may follow it without a mark, so that shorter ones are tried too. */
export function findCreditorReference(text: string, length: number): string | undefined {
  for (const [found] of text.matchAll(somewhere)) {
    const reference = readCreditorReference(found.replace(/[\s.-]/g, "").slice(0, length));
    if (reference !== undefined) return reference;
  }
  return undefined;
}

/** In groups of four, as it is shown to a payer. */
export function spellCreditorReference(reference: string): string {
  return reference.replace(/(.{4})(?=.)/g, "$1 ");
}
