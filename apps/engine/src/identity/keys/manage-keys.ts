import { countNotUnder, countUnder } from "@pitboss/db/identity/key-store";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import { listSealKeys } from "@pitboss/db/wallet/seal-store";
import { openSealKey, rotateSealKey } from "../../wallet/seal-keys.ts";
import { keyPurposes } from "./signing-ring.ts";

export interface KeyList {
  readonly signing: readonly {
    readonly kid: string;
    readonly purpose: string;
    readonly publicKey: string;
    /** Null for the keys of seals, which sign from when they first did. */
    readonly signsFrom: string | null;
    readonly verifiesUntil: string | null;
    readonly state: "COMING" | "SIGNS" | "VERIFIES" | "OVER";
  }[];
  readonly master: readonly { readonly keyId: string; readonly current: boolean }[];
  /** Keys that still lie wrapped by an older master key; the upkeep job wraps them anew. */
  readonly waitingForRewrap: string;
}

/** The keys that sign and wrap, without anything secret. */
export const listKeys = procedure("key.read").query(async ({ ctx }): Promise<KeyList> => {
  const { ring, keys, db, clock, settings } = ctx.deps;
  const now = clock.now();
  const [records, masters, current] = await Promise.all([ring.list(), keys.listKeyIds(), keys.currentKeyId()]);
  const signer = new Map(
    records
      .filter((key) => key.signsFrom.getTime() <= now && key.privateSealed !== null)
      .map((key) => [key.purpose, key.kid]),
  );
  const seals = await listSealKeys(db);
  const sealsNow = openSealKey(settings.dataDir).kid;
  const signing = records.map((key): KeyList["signing"][number] => ({
    kid: key.kid,
    purpose: key.purpose,
    publicKey: key.publicKey,
    signsFrom: key.signsFrom.toISOString(),
    verifiesUntil: key.verifiesUntil?.toISOString() ?? null,
    state:
      key.signsFrom.getTime() > now
        ? "COMING"
        : signer.get(key.purpose) === key.kid
          ? "SIGNS"
          : key.verifiesUntil === null || key.verifiesUntil.getTime() > now
            ? "VERIFIES"
            : "OVER",
  }));
  return {
    signing: [
      ...signing,
      ...seals.map((jwk): KeyList["signing"][number] => ({
        kid: jwk["kid"] ?? "",
        purpose: "SEAL",
        publicKey: jwk["x"] ?? "",
        signsFrom: null,
        verifiesUntil: null,
        state: jwk["kid"] === sealsNow ? "SIGNS" : "VERIFIES",
      })),
    ],
    master: masters.map((keyId) => ({ keyId, current: keyId === current })),
    waitingForRewrap: (await countNotUnder(db, current)).toString(),
  };
});

/** The next signing key. It is published at once, signs in two minutes, and the old one verifies until it is needed no more. */
export const rotateSigningKey = staffProcedure("key.rotate")
  .input(z.object({ purpose: z.enum(keyPurposes), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly kid: string }> => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const kid = await deps.ring.rotate(tx, input.purpose);
        const after = { purpose: input.purpose, kid };
        note({ action: "key.rotate", subject: { kind: "key", id: kid }, reason: input.reason, after });
        return ok({ kid });
      }),
    );
  });

/** The next key of the ledger's seals, on the engine that is asked; it signs the next seal. */
export const rotateSealing = staffProcedure("key.rotate")
  .input(z.object({ reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly kid: string }> => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, (_tx, note) => {
        const before = { purpose: "SEAL", kid: openSealKey(deps.settings.dataDir).kid };
        const { kid } = rotateSealKey(deps.settings.dataDir);
        const after = { purpose: "SEAL", kid };
        note({ action: "key.rotate", subject: { kind: "key", id: kid }, reason: input.reason, before, after });
        return Promise.resolve(ok({ kid }));
      }),
    );
  });

/** A new master key. What the older ones wrapped is wrapped anew by the upkeep job, little by little. */
export const rotateMasterKey = staffProcedure("key.rotate")
  .input(z.object({ reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly keyId: string }> => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (_tx, note) => {
        const before = { keyId: await deps.keys.currentKeyId() };
        const keyId = await deps.keys.rotate();
        note({
          action: "key.rotate-master",
          subject: { kind: "key", id: keyId },
          reason: input.reason,
          before,
          after: { keyId },
        });
        return ok({ keyId });
      }),
    );
  });

/** Destroys an older master key, once nothing is wrapped by it any more. */
export const destroyMasterKey = staffProcedure("key.rotate")
  .input(z.object({ keyId: z.string().max(80), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly keyId: string }> => {
    const { deps, acting } = ctx;
    const { keyId, reason } = input;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (!(await deps.keys.listKeyIds()).includes(keyId)) return err("RECORD_NOT_FOUND");
        if (keyId === (await deps.keys.currentKeyId())) return err("NOT_ALLOWED", "The current master key stays.");
        const under = await countUnder(tx, keyId);
        if (under > 0n) return err("NOT_ALLOWED", `${under} keys are still wrapped by it.`);
        note({ action: "key.destroy-master", subject: { kind: "key", id: keyId }, reason, before: { keyId } });
        await deps.keys.destroy(keyId);
        return ok({ keyId });
      }),
    );
  });
