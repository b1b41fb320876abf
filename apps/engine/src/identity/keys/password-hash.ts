/**
 * Argon2id with the parameters that OWASP's password cheat sheet names (19 MiB, two passes, one lane), as a PHC string,
 * so that stronger parameters can come later while older hashes still verify.
 */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { normalisePassword } from "@pitboss/domain/identity/password-policy";

const derive = promisify(argon2);
const current = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const hashBytes = 32;
const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{11,86})$/;

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await derive("argon2id", {
    message: normalisePassword(password),
    nonce,
    tagLength: hashBytes,
    ...current,
  });
  const { memory, passes, parallelism } = current;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(hash)}`;
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, parallelism, nonce, hash] = phc.exec(stored) ?? [];
  if (hash === undefined || nonce === undefined) throw new Error("a stored password is an argon2id string");
  const expected = Buffer.from(hash, "base64");
  const actual = await derive("argon2id", {
    message: normalisePassword(password),
    nonce: Buffer.from(nonce, "base64"),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(actual, expected);
}

let decoy: Promise<string> | undefined;

/** Takes the time of a check where there is no account, so that the time does not tell that there is none. */
export async function verifyNothing(password: string): Promise<false> {
  decoy ??= hashPassword("there is no such account");
  await verifyPassword(password, await decoy);
  return false;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
