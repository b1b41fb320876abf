/** Text in the characters that every bank takes (EPC 217-08, SEPA conversion table: the Latin set). */
import anyAscii from "any-ascii";

export function spellForBank(text: string, length: number): string {
  return anyAscii(text)
    .replace(/[^A-Za-z0-9/?:().,'+ -]/g, " ")
    .replace(/ +/g, " ")
    .trim()
    .slice(0, length)
    .trim();
}
