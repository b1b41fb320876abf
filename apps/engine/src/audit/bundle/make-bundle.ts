/**
 * Makes a regulator's bundle: a tar.gz with the entries of a time, the signed checkpoints that seal them, the public
 * keys, and a signed manifest of it all. Everything is streamed, so that a year takes no more memory than a day.
 */
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import {
  countUnsealedBetween,
  findChainHash,
  findChainRange,
  findCheckpointOver,
} from "@pitboss/db/audit/read-chain-range";
import type { ExportRecord } from "@pitboss/db/identity/export-store";
import { bundleFiles, bundleFormat, type BundleManifest, manifestText } from "@pitboss/domain/audit/audit-bundle";
import { chainStart } from "@pitboss/domain/audit/audit-chain";
import { createZoneFormat } from "@pitboss/domain/audit/zoned-range";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { create } from "tar";
import { z } from "zod";
import { signText } from "../../identity/keys/signing-ring.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { version } from "../../kernel/version.ts";
import { jobActing } from "../acting.ts";
import { sealAudit } from "../seal-audit.ts";
import { withAudit } from "../with-audit.ts";
import { writeHashedFile } from "./hashed-file.ts";
import { type BundleStretch, writeEntries, type WrittenEntries } from "./write-entries.ts";

/** What the job knows of a bundle that was asked for. */
export const bundleOrder = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  zone: z.string(),
  reason: z.string(),
  requestedBy: z.object({ staffId: z.string(), name: z.string(), roles: z.array(z.string()) }),
});
export type BundleOrder = z.infer<typeof bundleOrder>;

/** How long another engine that is sealing at this moment is waited for. */
const sealTries = { most: 60, everyMs: 500 };

/** Writes the archive to this path; the answer is how many entries it has. */
export async function makeBundle(deps: StaffDeps, record: ExportRecord, path: string): Promise<bigint> {
  const order = bundleOrder.parse(record.filters);
  const folder = `${path}.files`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await sealUpTo(deps, order);
    const stretch = await findStretch(deps, order);
    const written = await writeEntries(deps, folder, stretch, order.zone);
    const manifest = await describe(deps, record, order, folder, stretch, written);
    const names = ["manifest.json", "manifest.sig", ...bundleFiles];
    const archive = create({ cwd: folder, gzip: true, portable: true, noPax: true }, names);
    await pipeline(archive, createWriteStream(path, { mode: 0o600 }));
    await noteMade(deps, record, written, manifest);
    return BigInt(written.entries);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everything of the range is chained and signed before it is read, without waiting for the sealer's next turn. */
async function sealUpTo(deps: StaffDeps, { fromMs, toMs }: BundleOrder): Promise<void> {
  for (let tries = 0; tries < sealTries.most; tries += 1) {
    if ((await countUnsealedBetween(deps.db, new Date(fromMs), new Date(toMs))) === 0) return;
    if ((await sealAudit(deps)) === 0) await sleep(sealTries.everyMs);
  }
  throw new Error("the audit log could not be sealed up to the end of the range");
}

async function findStretch({ db }: StaffDeps, order: BundleOrder): Promise<BundleStretch | undefined> {
  const { fromMs, toMs, zone } = order;
  const range = await findChainRange(db, new Date(fromMs), new Date(toMs));
  if (range === undefined) return undefined;
  const checkpoint = await findCheckpointOver(db, range.last);
  if (checkpoint === undefined) throw new Error("what is chained has a checkpoint");
  return { ...range, upTo: checkpoint.position, fromMs, toMs, zone };
}

async function describe(
  deps: StaffDeps,
  record: ExportRecord,
  order: BundleOrder,
  folder: string,
  stretch: BundleStretch | undefined,
  written: WrittenEntries,
): Promise<string> {
  const inZone = createZoneFormat(order.zone);
  const both = (ms: number): JsonObject => ({ utc: new Date(ms).toISOString(), local: inZone(ms) });
  const before =
    stretch === undefined || stretch.first === 1n ? chainStart : await findChainHash(deps.db, stretch.first - 1n);
  if (before === undefined) throw new Error("a chain has a link before each but the first");
  const header: JsonObject = {
    format: bundleFormat,
    operator: deps.settings.operator,
    timeZone: order.zone,
    from: both(order.fromMs),
    to: both(order.toMs),
    requestedBy: { ...order.requestedBy },
    requestedAt: both(record.createdAt.getTime()),
    reason: order.reason,
    producedAt: both(deps.clock.now()),
    producedBy: `Pitboss ${version}`,
    bundleId: formatId("export", record.id),
    entries: written.entries,
    masked: written.masked,
    chain:
      stretch === undefined
        ? null
        : { first: `${stretch.first}`, last: `${stretch.last}`, upTo: `${stretch.upTo}`, hashBefore: before },
  };
  const { keys } = await deps.ring.jwks("AUDIT");
  const files = [
    await writeHashedFile(folder, "README.txt", readme(deps.settings.operator, order.zone)),
    await writeHashedFile(folder, "bundle.json", `${JSON.stringify(header, null, 2)}\n`),
    await writeHashedFile(folder, "keys.json", `${JSON.stringify({ keys }, null, 2)}\n`),
    ...written.files,
  ];
  const signer = await deps.ring.signer("AUDIT");
  const signedAt = new Date(deps.clock.now()).toISOString();
  const manifest: BundleManifest = { format: bundleFormat, files, kid: signer.kid, signedAt };
  const text = `${canonicalJson(manifest as unknown as JsonObject)}\n`;
  const { sha256 } = await writeHashedFile(folder, "manifest.json", text);
  await writeHashedFile(folder, "manifest.sig", `${signText(signer, manifestText(text))}\n`);
  return sha256;
}

async function noteMade(
  { db }: StaffDeps,
  record: ExportRecord,
  { entries, masked }: WrittenEntries,
  manifest: string,
): Promise<void> {
  await withAudit(db, jobActing("audit-bundle"), (_tx, note) => {
    const subject = { kind: "export", id: formatId("export", record.id) };
    note({ action: "audit.bundle-made", subject, after: { entries, masked, manifest } });
    return Promise.resolve(ok(true));
  });
}

function readme(operator: string, zone: string): string {
  return `Audit bundle of ${operator}

bundle.json         what this is: the range, the time zone, who asked for it and why, and the stretch of the chain
entries.ndjson      every entry of the range as it was sealed, one JSON object a line, with its place in the hash chain;
                    lines without an entry hold the chain together and are of other times
entries.csv         the same entries as a table; times in UTC and in ${zone}
checkpoints.ndjson  the signed checkpoints of the chain
keys.json           the public keys of the audit log
manifest.json       size and SHA-256 of every file; manifest.sig is its Ed25519 signature

An entry with "masked" has personal data left out in the fields that it names; its hash is the one of the full entry.
A cell of the table that a spreadsheet could take for a formula begins with an apostrophe.
Check it without us:  node verify-audit.mjs <bundle.tar.gz> --key <public keys>  (docs/verify of the Pitboss sources)
`;
}
