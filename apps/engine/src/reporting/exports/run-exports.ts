/** Writes the files of exports, one after the other, beside everything else that the engine does. */
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  claimExport,
  type ExportRecord,
  finishExport,
  requeueExports,
  takeExpiredFiles,
} from "@pitboss/db/identity/export-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { makeBundle } from "../../audit/bundle/make-bundle.ts";
import { bundleList } from "../../audit/bundle/request-bundle.ts";
import { csvLine } from "./csv.ts";
import { type ExportListName, exportLists } from "./export-lists.ts";

const keepMs = 7 * 24 * 3_600_000;
/** No export takes this long; one that did was left behind by an engine that stopped. */
const longestMs = 60 * 60_000;
const mostRows = 5_000_000n;

export function exportFolder({ settings }: Pick<StaffDeps, "settings">): string {
  return join(settings.dataDir, "exports");
}

/** True where another one may wait. */
export async function runNextExport(deps: StaffDeps): Promise<boolean> {
  const now = deps.clock.now();
  await requeueExports(deps.db, new Date(now - longestMs));
  for (const file of await takeExpiredFiles(deps.db, new Date(now))) {
    await rm(join(exportFolder(deps), basename(file)), { force: true });
  }
  const claimed = await claimExport(deps.db);
  if (claimed === undefined) return false;
  await runExport(deps, claimed);
  return true;
}

async function runExport(deps: StaffDeps, record: ExportRecord): Promise<void> {
  const bundle = record.list === bundleList;
  const file = `${formatId("export", record.id)}-${record.list}.${bundle ? "tar.gz" : "csv"}`;
  const path = join(exportFolder(deps), file);
  const draft = `${path}.draft`;
  await mkdir(exportFolder(deps), { recursive: true, mode: 0o700 });
  try {
    const rowCount = await (bundle ? makeBundle : writeCsv)(deps, record, draft);
    const { size } = await stat(draft);
    await rename(draft, path);
    await finish(deps, record.id, { status: "DONE", rowCount, byteCount: BigInt(size), file, failure: null });
  } catch (error) {
    deps.log.error({ err: error, export: record.id.toString() }, "an export failed");
    await rm(draft, { force: true });
    const failure = "The export could not be written; ask for it again.";
    await finish(deps, record.id, { status: "FAILED", rowCount: 0n, byteCount: 0n, file: null, failure });
  }
}

async function finish(
  { db, clock }: StaffDeps,
  id: bigint,
  outcome: Omit<Parameters<typeof finishExport>[2], "finishedAt" | "expiresAt">,
): Promise<void> {
  const now = clock.now();
  await finishExport(db, id, { ...outcome, finishedAt: new Date(now), expiresAt: new Date(now + keepMs) });
}

async function writeCsv(deps: StaffDeps, record: ExportRecord, path: string): Promise<bigint> {
  const list = exportLists[record.list as ExportListName];
  let rows = 0n;
  async function* lines(): AsyncGenerator<string> {
    yield csvLine(list.header);
    for await (const page of list.pages(deps, record.filters)) {
      rows += BigInt(page.length);
      if (rows > mostRows) throw new Error("an export has more rows than it may have");
      yield page.map(csvLine).join("");
    }
  }
  await pipeline(lines, createWriteStream(path, { mode: 0o600 }));
  return rows;
}
