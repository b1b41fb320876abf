/** What staff says to a chargeback: evidence is kept, then submitted to the provider; or the chargeback is accepted. */
import { createHash } from "node:crypto";
import {
  type ChargebackRecord,
  findChargeback,
  insertEvidence,
  listEvidence,
  moveChargeback,
} from "@pitboss/db/cashier/chargeback-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { Asked } from "../psp/psp.ts";

/** What providers take; each says that it is what it begins with. */
const mediaTypes = {
  "application/pdf": (bytes: Buffer) => bytes.subarray(0, 5).toString("latin1") === "%PDF-",
  "image/png": (bytes: Buffer) => bytes.subarray(0, 8).toString("hex") === "89504e470d0a1a0a",
  "image/jpeg": (bytes: Buffer) => bytes.subarray(0, 3).toString("hex") === "ffd8ff",
  "text/plain": (bytes: Buffer) => !bytes.includes(0) && Buffer.from(bytes.toString("utf8")).equals(bytes),
} as const;
type MediaType = keyof typeof mediaTypes;

/** The most that one file may hold, bytes; what a call may hold is set with it (edge/trpc/plugin.ts). */
const mostBytes = 2 * 1024 * 1024;

/** Keeps a file with an open chargeback. Nothing is sent yet. */
export const addEvidence = staffProcedure("chargeback.respond")
  .input(
    z.object({
      chargebackId: idInput("chargeback"),
      name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,119}$/u),
      mediaType: z.enum(Object.keys(mediaTypes) as [MediaType, ...MediaType[]]),
      content: z.base64().max(Math.ceil(mostBytes / 3) * 4),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ sha256: string }> => {
    const { deps, acting } = ctx;
    const { name, mediaType } = input;
    const bytes = Buffer.from(input.content, "base64");
    if (bytes.length === 0 || bytes.length > mostBytes || !mediaTypes[mediaType](bytes)) {
      return throwFailure({ code: "EVIDENCE_INVALID", detail: `It is no ${mediaType}, or too large.` });
    }
    const found = await openOne(deps, input.chargebackId);
    const chargebackId = formatId("chargeback", found.id);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const object = `chargebacks/${chargebackId}/${sha256}`;
    // First the file, then the row that names it: a row without its file would be evidence that is lost.
    await deps.objects.put(object, bytes, mediaType);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const file = { name, mediaType, bytes: bytes.length, sha256, object, addedBy: acting.actorId };
        if (!(await insertEvidence(tx, found.id, file))) return err("NOTHING_CHANGES", "This file is there already.");
        note({
          action: "chargeback.add-evidence",
          subject: { kind: "chargeback", id: chargebackId },
          after: { name, sha256, bytes: bytes.length },
        });
        return ok({ sha256 });
      }),
    );
  });

/** A file as it was kept, base64. */
export const readEvidence = procedure("chargeback.read")
  .input(z.object({ chargebackId: idInput("chargeback"), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
  .query(async ({ ctx, input }): Promise<{ name: string; mediaType: string; content: string }> => {
    const { db, objects } = ctx.deps;
    const all = await listEvidence(db, input.chargebackId);
    const file = all.find(({ sha256 }) => sha256 === input.sha256) ?? throwFailure({ code: "RECORD_NOT_FOUND" });
    const bytes = (await objects.get(file.object)) ?? throwFailure({ code: "RECORD_NOT_FOUND" });
    return { name: file.name, mediaType: file.mediaType, content: Buffer.from(bytes).toString("base64") };
  });

/** Sends the statement and the files to the provider. What was sent can't be taken back. */
export const submitEvidence = staffProcedure("chargeback.respond")
  .input(
    z.object({
      chargebackId: idInput("chargeback"),
      statement: z.string().trim().min(20).max(5_000),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ chargebackId: string; state: string }> => {
    const { deps, acting } = ctx;
    const found = await openOne(deps, input.chargebackId);
    const kept = await listEvidence(deps.db, found.id);
    if (kept.length === 0) throwFailure({ code: "EVIDENCE_MISSING" });
    const files: { name: string; mediaType: string; bytes: Uint8Array }[] = [];
    for (const { name, mediaType, object } of kept) {
      const bytes = (await deps.objects.get(object)) ?? throwFailure({ code: "EVIDENCE_MISSING", detail: name });
      files.push({ name, mediaType, bytes });
    }
    const { reference, psp } = found;
    orThrow(read(await pspOf(deps, psp).submitEvidence({ reference, text: input.statement, files })));
    return move(deps, acting, found, { to: "SUBMITTED", note: input.statement, reason: input.reason });
  });

/** Gives the chargeback up. */
export const acceptChargeback = staffProcedure("chargeback.respond")
  .input(z.object({ chargebackId: idInput("chargeback"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ chargebackId: string; state: string }> => {
    const { deps, acting } = ctx;
    const found = await openOne(deps, input.chargebackId);
    orThrow(read(await pspOf(deps, found.psp).acceptDispute(found.reference)));
    return move(deps, acting, found, { to: "ACCEPTED", note: null, reason: input.reason });
  });

async function openOne({ db }: StaffDeps, id: bigint): Promise<ChargebackRecord> {
  const found = (await findChargeback(db, id)) ?? throwFailure({ code: "CHARGEBACK_NOT_FOUND" });
  if (found.state !== "OPENED") throwFailure({ code: "CHARGEBACK_NOT_OPEN", detail: `It is ${found.state}.` });
  return found;
}

function pspOf({ psps }: StaffDeps, code: string) {
  return psps.disputesOf(code) ?? throwFailure({ code: "PSP_NOT_FOUND" });
}

function read(asked: Asked<undefined>): Result<undefined> {
  if (asked.kind === "answered") return ok(undefined);
  return asked.kind === "refused" ? err("PSP_REFUSED", asked.why) : err("PSP_UNAVAILABLE", asked.why);
}

interface Answer {
  readonly to: "SUBMITTED" | "ACCEPTED";
  readonly note: string | null;
  readonly reason: string;
}

async function move(deps: StaffDeps, acting: Acting, found: ChargebackRecord, { to, note: text, reason }: Answer) {
  const chargebackId = formatId("chargeback", found.id);
  return orThrow(
    await withAudit(deps.db, acting, async (tx, note) => {
      const moved = await moveChargeback(tx, {
        id: found.id,
        from: "OPENED",
        to,
        actor: acting.actorId,
        note: text ?? reason,
        webhookId: null,
        reversalKey: null,
      });
      // The provider has it, and said meanwhile how it ended; its word stands.
      if (!moved) return err("CHARGEBACK_NOT_OPEN");
      note({
        action: to === "SUBMITTED" ? "chargeback.submit" : "chargeback.accept",
        subject: { kind: "chargeback", id: chargebackId },
        reason,
        before: { state: "OPENED" },
        after: { state: to },
      });
      return ok({ chargebackId, state: to });
    }),
  );
}
