/**
 * Whether a text is an address of a chain, by its checksum. What is sent to a mistyped address is lost, so that one
 * without a checksum that fits is refused. Bitcoin: Base58Check, and Bech32 and Bech32m (BIP 173, BIP 350). Ethereum:
 * 20 bytes as hex, with the checksum of capital letters where there are any (EIP-55).
 */
import { keccak_256 } from "@noble/hashes/sha3";
import { createHash } from "node:crypto";
import { cryptoAssets, type CryptoAsset } from "./crypto-asset.ts";

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/** The first byte of addresses of the main chain: of keys, and of scripts. */
const mainVersions = new Set([0x00, 0x05]);

export function isAddressOf(asset: CryptoAsset, address: string): boolean {
  return cryptoAssets[asset].chain === "BITCOIN" ? isBitcoinAddress(address) : isEthereumAddress(address);
}

/** One spelling for one address: Ethereum's, and Bitcoin's Bech32, don't tell capital letters apart. */
export function normaliseAddress(asset: CryptoAsset, address: string): string {
  if (cryptoAssets[asset].chain === "ETHEREUM") return address.toLowerCase();
  return /^bc1/i.test(address) ? address.toLowerCase() : address;
}

function isBitcoinAddress(address: string): boolean {
  return /^bc1/i.test(address) ? isSegwitAddress(address) : isBase58Address(address);
}

function isBase58Address(address: string): boolean {
  if (!/^[1-9A-HJ-NP-Za-km-z]{26,35}$/.test(address)) return false;
  let number = 0n;
  for (const char of address) number = number * 58n + BigInt(base58.indexOf(char));
  // 21 bytes of payload and 4 of checksum; leading zero bytes are written as ones.
  const bytes = Buffer.from(number.toString(16).padStart(50, "0"), "hex");
  const leading = /^1*/.exec(address)?.[0].length ?? 0;
  if (bytes.length !== 25 || bytes.findIndex((byte) => byte !== 0) < Math.min(leading, 1)) return false;
  const payload = bytes.subarray(0, 21);
  const sum = sha256(sha256(payload)).subarray(0, 4);
  return mainVersions.has(payload[0] ?? 255) && sum.equals(bytes.subarray(21));
}

function isSegwitAddress(address: string): boolean {
  if (address !== address.toLowerCase() && address !== address.toUpperCase()) return false;
  const text = address.toLowerCase();
  if (text.length > 90) return false;
  const values = [...text.slice(3)].map((char) => bech32.indexOf(char));
  if (values.length < 8 || values.includes(-1)) return false;
  const [version = 99] = values;
  // Version 0 has the first form of the checksum, later ones the second.
  if (version > 16 || polymod([3, 3, 0, 2, 3, ...values]) !== (version === 0 ? 1 : 0x2bc830a3)) return false;
  const program = regroup(values.slice(1, -6));
  if (program === undefined || program < 2 || program > 40) return false;
  return version !== 0 || program === 20 || program === 32;
}

/** How many bytes a row of 5-bit values holds; undefined where what is left over is not padding. */
function regroup(values: readonly number[]): number | undefined {
  let held = 0;
  let bits = 0;
  let bytes = 0;
  for (const value of values) {
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes += 1;
    }
  }
  return bits < 5 && (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
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

function isEthereumAddress(address: string): boolean {
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) return false;
  const hex = address.slice(2);
  if (hex === hex.toLowerCase() || hex === hex.toUpperCase()) return true;
  return address === checksummed(hex);
}

function checksummed(hex: string): string {
  const plain = hex.toLowerCase();
  const hash = Buffer.from(keccak_256(Buffer.from(plain, "ascii"))).toString("hex");
  return `0x${[...plain].map((char, index) => (parseInt(hash.charAt(index), 16) >= 8 ? char.toUpperCase() : char)).join("")}`;
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
