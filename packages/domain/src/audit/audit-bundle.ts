/**
 * The regulator's bundle: which files it has, what is signed, and what of an entry is masked. The formats are those of
 * docs/verify/README.md, where a stand-alone verifier reads them; a change of one needs a new format name.
 */
import type { JsonObject, JsonValue } from "../kernel/json.ts";
import type { AuditEntry } from "./audit-entry.ts";

export const bundleFormat = "pitboss-audit-bundle-1";

/** In the order in which they lie in the archive: what is needed to check the entries comes before them. */
export const bundleFiles = [
  "README.txt",
  "bundle.json",
  "keys.json",
  "checkpoints.ndjson",
  "entries.ndjson",
  "entries.csv",
];

export interface BundleFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

export interface BundleManifest {
  readonly format: typeof bundleFormat;
  readonly files: readonly BundleFile[];
  /** The key of the audit log that signed this manifest. */
  readonly kid: string;
  readonly signedAt: string;
}

/** The text that is signed (Ed25519 over its UTF-8 bytes): the manifest's file, behind a line of its own. */
export function manifestText(manifestFile: string): string {
  return `pitboss-audit-manifest-1\n${manifestFile}`;
}

export interface MaskedEntry {
  readonly entry: AuditEntry;
  /** The fields that are not as they were sealed; the entry's own hash can't be computed from what is left. */
  readonly masked: readonly string[];
}

/**
 * Entries are written with personal data masked. What can still tell who a player is, is masked here: the address and
 * the browser of a player, and e-mail addresses, phone numbers and bank accounts in what people wrote by hand.
 */
export function maskEntry(entry: AuditEntry): MaskedEntry {
  const masked: string[] = [];
  const take = <K extends keyof AuditEntry>(field: K, value: AuditEntry[K]): AuditEntry[K] => {
    if (value !== entry[field]) masked.push(field);
    return value;
  };
  const player = entry.actorKind === "player";
  const next: AuditEntry = {
    ...entry,
    ip: take("ip", player ? maskAddress(entry.ip) : entry.ip),
    userAgent: take("userAgent", player && entry.userAgent !== null ? "…" : entry.userAgent),
    reason: take("reason", entry.reason === null ? null : maskText(entry.reason)),
    before: take("before", maskObject(entry.before)),
    after: take("after", maskObject(entry.after)),
  };
  return { entry: next, masked };
}

/** The network that an address is in: /24 of IPv4, /48 of IPv6. */
function maskAddress(ip: string | null): string | null {
  if (ip === null) return null;
  if (ip.includes(".")) return `${ip.split(".").slice(0, 3).join(".")}.…`;
  return `${ip.split(":").slice(0, 3).join(":")}:…`;
}

const telling: readonly RegExp[] = [
  /[^\s@<>"]+@[^\s@<>"]+\.[a-z]{2,}/gi,
  // IBAN, ISO 13616.
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g,
  /\+\d[\d ()/-]{7,}\d/g,
];

function maskText(text: string): string {
  return telling.reduce((rest, pattern) => rest.replace(pattern, "…"), text);
}

/** The same object where nothing in it had to be masked. */
function maskObject(value: JsonObject | null): JsonObject | null {
  if (value === null) return null;
  const masked = maskValue(value) as JsonObject;
  return JSON.stringify(masked) === JSON.stringify(value) ? value : masked;
}

function maskValue(value: JsonValue): JsonValue {
  if (typeof value === "string") return maskText(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(maskValue);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValue(inner)]));
}
