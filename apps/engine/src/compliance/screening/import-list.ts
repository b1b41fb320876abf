/** A new version of a list: planned, with what it changes, then imported whole; all players are screened by it at once. */
import {
  findCurrentList,
  insertListVersion,
  listCurrentEntries,
  lockListSource,
  readCurrentLists,
  readEntryHashes,
} from "@pitboss/db/compliance/screening-list-store";
import { startRun } from "@pitboss/db/compliance/screening-run-store";
import { diffEntries, hashEntry, type ListDiff } from "@pitboss/domain/compliance/screening/diff-entries";
import { listSources, type ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../edge/trpc/procedure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { Executor } from "@pitboss/db/kernel/executor";
import { readUploads, type UploadedList } from "./list-uploads.ts";
import { parseList } from "./lists/parse-list.ts";
import type { ParsedList } from "./lists/parsed-list.ts";
import { actorOf } from "./screen-player.ts";
import { indexEntries, type LoadedLists } from "./screening-lists.ts";

export const uploadsInput = z
  .array(z.object({ name: z.string().min(1).max(200), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
  .min(1)
  .max(8);

const importParams = z.object({
  files: uploadsInput,
  /** A version that loses more than a fifth of its entries is more often half a file than a new list. */
  allowShrink: z.boolean().default(false),
});
type ImportParams = z.infer<typeof importParams>;

const mostLost = 0.2;

interface ReadImport {
  readonly upload: UploadedList;
  readonly parsed: ParsedList;
  readonly diff: ListDiff;
  readonly before: { readonly list: string | null; readonly entries: number };
}

const importList = staffProcedure("screening.import")
  .input(importParams.extend({ source: z.enum(listSources), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<JsonObject> => {
    const { deps, acting } = ctx;
    const { source, reason } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        await lockListSource(tx, source);
        const read = await readImport(deps, tx, source, input);
        if (!read.ok) return read;
        const { upload, parsed, diff, before } = read.value;
        const by = actorOf(acting);
        const listId = await insertListVersion(
          tx,
          {
            source,
            checksum: upload.checksum,
            files: upload.kept,
            publishedOn: parsed.publishedOn,
            entries: parsed.entries.length,
            persons: parsed.entries.filter(({ kind }) => kind === "PERSON").length,
            by,
            reason,
          },
          diff,
        );
        const runId = await startRun(tx, "LIST", by);
        const after = {
          list: formatId("screeningList", listId),
          ...countsOf(parsed, diff),
          run: formatId("screeningRun", runId),
        };
        note({
          action: "screening.import",
          subject: { kind: "screening", id: source },
          reason,
          before,
          after: { ...after, checksum: upload.checksum },
        });
        return ok(after);
      }),
    );
  });

async function readImport(
  deps: Pick<StaffDeps, "objects">,
  db: Executor,
  source: ListSource,
  { files, allowShrink }: ImportParams,
): Promise<Result<ReadImport, Failure>> {
  const upload = await readUploads(deps, files);
  if (!upload.ok) return upload;
  const current = await findCurrentList(db, source);
  if (current?.checksum === upload.value.checksum) return err("LIST_UNCHANGED");
  const parsed = parseList(source, upload.value.files);
  if (!parsed.ok) return parsed;
  const diff = diffEntries(await readEntryHashes(db, source), parsed.value.entries);
  if (!allowShrink && current !== undefined && diff.removed.length > mostLost * current.entries) {
    return err("LIST_SHRINKS", `${diff.removed.length} of ${current.entries} entries would go.`);
  }
  const before = {
    list: current === undefined ? null : formatId("screeningList", current.id),
    entries: current?.entries ?? 0,
  };
  return ok({ upload: upload.value, parsed: parsed.value, diff, before });
}

function countsOf({ entries, publishedOn }: ParsedList, { added, changed, removed }: ListDiff): JsonObject {
  return {
    publishedOn,
    entries: entries.length,
    added: added.length,
    changed: changed.length,
    removed: removed.length,
  };
}

const callerOf = createCaller(router({ importList }));

const planImport = planned({
  action: "screening.import",
  permission: "screening.import",
  params: importParams,
  look: async ({ deps }, targets, params): Promise<Look[]> => {
    const looks: Look[] = [];
    for (const id of targets) {
      const source = listSources.find((one) => one === id);
      if (source === undefined) {
        looks.push({ id, failure: { code: "REQUEST_INVALID", detail: `A list is one of ${listSources.join(", ")}.` } });
        continue;
      }
      const read = await readImport(deps, deps.db, source, params);
      if (!read.ok) {
        looks.push({ id, failure: read.error });
        continue;
      }
      const { parsed, diff, before, upload } = read.value;
      const what = `Import ${parsed.entries.length} entries: ${diff.added.length} new, ${diff.changed.length} changed, ${diff.removed.length} gone; then screen all players`;
      looks.push({ id, what, before, after: { ...countsOf(parsed, diff), checksum: upload.checksum } });
    }
    return looks;
  },
  apply: async ({ trpc }, id, params, reason): Promise<JsonObject> =>
    callerOf(trpc).importList({ ...params, source: z.enum(listSources).parse(id), reason }),
});

export const planScreening = { screeningImport: planImport };

/** The lists as they would be with this one in the place of its source's; nothing is written. */
export async function readDraftLists(
  deps: Pick<StaffDeps, "objects" | "db">,
  source: ListSource,
  uploads: z.infer<typeof uploadsInput>,
): Promise<Result<LoadedLists, Failure>> {
  const read = await readUploads(deps, uploads);
  if (!read.ok) return read;
  const parsed = parseList(source, read.value.files);
  if (!parsed.ok) return parsed;
  const others = (await listCurrentEntries(deps.db)).filter(({ entry }) => entry.source !== source);
  const drafted = parsed.value.entries.map((entry) => ({ id: 0n, hash: hashEntry(entry), entry }));
  return ok(indexEntries([...others, ...drafted], await readCurrentLists(deps.db)));
}
