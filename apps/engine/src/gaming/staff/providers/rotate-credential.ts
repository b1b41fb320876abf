/** What a provider proves itself with, replaced: the one before goes on counting for as long as is said. */
import { createHash, createPublicKey, randomBytes } from "node:crypto";
import { listProviderCredentials, rotateProviderCredential } from "@pitboss/db/gaming/provider-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { reasonInput } from "../../../edge/trpc/inputs.ts";
import { type Look, type Plan, planOf } from "../../../edge/trpc/plan.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { secretPlace } from "../../dialects/kit/integrations.ts";
import { dialects } from "../../dialects/registry.ts";
import { findCurrentPolicy } from "./put-policy.ts";

const provider = z.string().min(1).max(80);
const mostOverlapMinutes = 30 * 24 * 60;
const overlapMinutes = z.int().min(0).max(mostOverlapMinutes);
/** The beginning of the SHA-256: it tells credentials apart, and gives nothing of them away. */
const fingerprint = z.string().regex(/^[0-9a-f]{16}$/);

/** What a rotation would do. The secret itself does not come along: a query's words may stand in logs. */
export const planRotation = staffProcedure("provider.rotate")
  .input(z.object({ provider, overlapMinutes, given: fingerprint.nullable() }))
  .query(async ({ ctx, input }): Promise<Plan> => {
    const { deps } = ctx;
    const params = { overlapMinutes: input.overlapMinutes, given: input.given };
    return planOf("provider.rotate-credential", params, [await look(deps, input)], deps.settings.production);
  });

async function look(
  { db }: StaffDeps,
  input: { readonly provider: string; readonly overlapMinutes: number; readonly given: string | null },
): Promise<Look> {
  const id = input.provider;
  const current = await findCurrentPolicy(db, id);
  if (!current.ok) return { id, failure: current.error };
  const dialect = dialects.find(({ code }) => code === current.value.dialect);
  if (dialect === undefined) return { id, failure: { code: "PROVIDER_NOT_FOUND" } };
  if (dialect.credential === "PUBLIC_KEY" && input.given === null) {
    return {
      id,
      failure: { code: "REQUEST_INVALID", detail: "This dialect takes the provider's public key, as PEM." },
    };
  }
  const following = await findFollowed(db, current.value.providerId);
  return {
    id,
    what: `Another ${dialect.credential === "PUBLIC_KEY" ? "public key" : "secret"}; the one before counts for ${input.overlapMinutes} min`,
    before: { fingerprint: following },
    after: { fingerprint: input.given ?? "made by the house" },
  };
}

/**
 * A public key is given by the provider. A shared secret may be given too; otherwise one is made, and shown this once.
 * `following` is the newest live credential that was seen: two people who rotate at once don't end each other's.
 */
export const rotateCredential = staffProcedure("provider.rotate")
  .input(
    z.object({
      provider,
      secret: z.string().min(16).max(8_192).nullish(),
      overlapMinutes,
      following: fingerprint.nullable().optional(),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly fingerprint: string; readonly secret: string | null }> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const current = await findCurrentPolicy(tx, input.provider);
        if (!current.ok) return current;
        const { providerId } = current.value;
        const dialect = dialects.find(({ code }) => code === current.value.dialect);
        if (dialect === undefined) return err("PROVIDER_NOT_FOUND");
        const given = input.secret?.trim();
        if (dialect.credential === "PUBLIC_KEY" && (given === undefined || !isPublicKey(given))) {
          return err("REQUEST_INVALID", "This dialect takes the provider's public key, as PEM.");
        }
        if (input.following !== undefined && (await findFollowed(tx, providerId)) !== input.following) {
          return err("PLAN_CHANGED", "Its credential was changed meanwhile.");
        }
        const secret = given ?? randomBytes(32).toString("base64");
        const made = createHash("sha256").update(secret).digest("hex").slice(0, 16);
        const sealed = await deps.vault.seal("provider-secrets", secretPlace(providerId), Buffer.from(secret));
        const endAt = new Date(deps.clock.now() + input.overlapMinutes * 60_000);
        const row = { providerId, kind: dialect.credential, sealed, fingerprint: made, createdBy: staff.name };
        await rotateProviderCredential(tx, row, endAt);
        note({
          action: "provider.rotate-credential",
          subject: { kind: "provider", id: input.provider },
          reason: input.reason,
          after: { fingerprint: made, othersEnd: endAt.toISOString() },
        });
        return ok({ fingerprint: made, secret: given === undefined ? secret : null });
      }),
    );
  });

async function findFollowed(db: Executor, providerId: number): Promise<string | null> {
  const live = await listProviderCredentials(db, { providerId, ended: false });
  return live.find(({ validUntil }) => validUntil === null)?.fingerprint ?? null;
}

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === "rsa" && !pem.includes("PRIVATE");
  } catch {
    return false;
  }
}
