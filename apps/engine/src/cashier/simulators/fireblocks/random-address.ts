/** Addresses of no one, with checksums that fit: Bitcoin's as Bech32 of 20 bytes (BIP 173), Ethereum's as plain hex. */
import { randomBytes } from "node:crypto";

const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

export function randomAddress(assetId: string): string {
  return assetId === "BTC" ? bech32Of(randomBytes(20)) : `0x${randomBytes(20).toString("hex")}`;
}

function bech32Of(program: Uint8Array): string {
  const values = [0];
  let held = 0;
  let bits = 0;
  for (const byte of program) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      values.push((held >>> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  const sum = polymod([3, 3, 0, 2, 3, ...values, 0, 0, 0, 0, 0, 0]) ^ 1;
  const checksum = [25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31);
  return `bc1${[...values, ...checksum].map((value) => letters.charAt(value)).join("")}`;
}

function polymod(values: readonly number[]): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, word] of generator.entries()) if (((top >>> bit) & 1) === 1) sum ^= word;
  }
  return sum >>> 0;
}
