/**
 * What a password must be (NIST SP 800-63B §3.1.1.2): long, not a known or guessable one, and nothing else: no rules of
 * digits and signs, no forced change.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";
import { commonPasswords } from "./common-passwords.ts";

const minLength = { staff: 12, player: 10 } as const;
const maxLength = 256;

export type PasswordReason = "SHORT" | "LONG" | "COMMON" | "REPEATED" | "SEQUENCE" | "PERSONAL";

const sentences: Readonly<Record<PasswordReason, string>> = {
  SHORT: "The password is too short.",
  LONG: "The password is too long.",
  COMMON: "This password is one of those that are tried first.",
  REPEATED: "The password repeats the same few characters.",
  SEQUENCE: "The password is a run of neighbouring characters.",
  PERSONAL: "The password contains the name, the e-mail address or this house's name.",
};

/** `personal` holds words that must not stand in it: e-mail address, names, nickname. */
export function checkPassword(
  kind: keyof typeof minLength,
  password: string,
  personal: readonly string[],
): Result<string, Failure<"PASSWORD_WEAK">> {
  const reason = findWeakness(password, minLength[kind], personal);
  if (reason === undefined) return ok(password);
  return err("PASSWORD_WEAK", sentences[reason], { reason, minLength: minLength[kind], maxLength });
}

/** One spelling of a password before it is hashed: the same characters typed on another keyboard are the same password. */
export function normalisePassword(password: string): string {
  return password.normalize("NFKC");
}

function findWeakness(password: string, shortest: number, personal: readonly string[]): PasswordReason | undefined {
  const length = [...password].length;
  if (length < shortest) return "SHORT";
  if (length > maxLength) return "LONG";
  const plain = normalisePassword(password).toLowerCase();
  if (commonPasswords.has(plain) || commonPasswords.has(plain.replace(/[^a-z]/g, ""))) return "COMMON";
  if (new Set(plain).size < 5) return "REPEATED";
  if (isSequence(plain)) return "SEQUENCE";
  return containsWord(plain, personal) ? "PERSONAL" : undefined;
}

function isSequence(text: string): boolean {
  let neighbours = 0;
  for (let index = 1; index < text.length; index += 1) {
    if (Math.abs(text.charCodeAt(index) - text.charCodeAt(index - 1)) <= 1) neighbours += 1;
  }
  return neighbours >= (text.length - 1) * 0.8;
}

function containsWord(plain: string, personal: readonly string[]): boolean {
  const words = personal
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= 4);
  return [...words, "pitboss"].some((word) => plain.includes(word));
}
