/**
 * Provably fair draws. The house picks a server seed and publishes its SHA-256 before the first bet on it; the player
 * picks a client seed; every round on the pair has its own nonce. The outcome is a function of the three alone, so that
 * whoever learns the server seed afterwards can compute each round again (`docs/verify`).
 *
 * Block number `cursor` of a round is HMAC-SHA256 with the server seed's 32 bytes as key and the text
 * `<client seed>:<nonce>:<cursor>` in UTF-8 as message, cursor 0, 1, 2, … in decimal. A block is eight words of
 * 32 bits, big-endian, taken in order. The seeds themselves come from outside: nothing here is random.
 */
import { createHash, createHmac } from "node:crypto";
import { assert, err, ok, type Failure, type Result } from "../kernel/result.ts";

/** What one round's outcome is a function of. */
export interface FairInput {
  /** 32 random bytes as 64 lower-case hexadecimal digits; secret until the seed is retired. */
  readonly serverSeed: string;
  /** The player's own text; see `parseClientSeed`. */
  readonly clientSeed: string;
  /** The number of the round on this pair of seeds, from 0, used once. */
  readonly nonce: number;
}

/** The draws of one round, in order. Each call takes the next words of the stream. */
export interface FairDraw {
  /** A uniform integer from 0 to `bound` − 1; `bound` is an integer from 1 to 2^32. */
  below(bound: number): number;
}

const serverSeedForm = /^[0-9a-f]{64}$/;
// Printable ASCII only: in other text one and the same look can have several encodings, and a player who types the
// seed into another verifier would then get other bytes.
const clientSeedForm = /^[\x20-\x7e]{1,64}$/;
const words = 2 ** 32;

export function isServerSeed(text: string): boolean {
  return serverSeedForm.test(text);
}

/** SHA-256 over the seed's 32 bytes (not over their hexadecimal text), as 64 hexadecimal digits. */
export function hashServerSeed(serverSeed: string): string {
  assert(isServerSeed(serverSeed), "a server seed is 64 lower-case hexadecimal digits");
  return createHash("sha256").update(serverSeed, "hex").digest("hex");
}

/** Takes 1 to 64 printable ASCII characters, spaces included, exactly as they were typed. */
export function parseClientSeed(text: string): Result<string, Failure<"REQUEST_INVALID">> {
  if (clientSeedForm.test(text)) return ok(text);
  return err("REQUEST_INVALID", "A client seed has 1 to 64 characters, each of them printable ASCII.");
}

/** The stream of draws that these seeds and this nonce give; the same input gives the same draws for ever. */
export function fairDraw(input: FairInput): FairDraw {
  assert(isServerSeed(input.serverSeed), "a server seed is 64 lower-case hexadecimal digits");
  assert(clientSeedForm.test(input.clientSeed), "a client seed is 1 to 64 printable ASCII characters");
  assert(Number.isSafeInteger(input.nonce) && input.nonce >= 0, "a nonce is a whole number from 0");
  const key = Buffer.from(input.serverSeed, "hex");
  let block = Buffer.alloc(0);
  let cursor = 0;
  let offset = 0;

  function nextWord(): number {
    if (offset === block.length) {
      block = createHmac("sha256", key).update(`${input.clientSeed}:${input.nonce}:${cursor}`).digest();
      cursor += 1;
      offset = 0;
    }
    const word = block.readUInt32BE(offset);
    offset += 4;
    return word;
  }

  return {
    below(bound) {
      assert(Number.isInteger(bound) && bound >= 1 && bound <= words, "a bound is an integer from 1 to 2^32");
      // Words at or above the largest multiple of the bound are thrown away: keeping them would favour small results.
      const limit = words - (words % bound);
      let word = nextWord();
      while (word >= limit) word = nextWord();
      return word % bound;
    },
  };
}
