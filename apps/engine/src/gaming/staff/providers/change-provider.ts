/** What staff change of a provider: its policy, and what it proves itself with. */
import { createHash, createPublicKey, randomBytes } from "node:crypto";
import {
  findProviderId,
  insertConformanceReport,
  insertProviderPolicy,
  listPolicyVersions,
  type ProviderPolicyRow,
  rotateProviderCredential,
} from "@pitboss/db/gaming/provider-store";
import { listLiveBanks } from "@pitboss/db/gaming/game-bank-store";
import { providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { reasonInput } from "../../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { secretPlace } from "../../dialects/kit/integrations.ts";
import { dialects } from "../../dialects/registry.ts";

const provider = z.string().min(1).max(80);
const mostOverlapMinutes = 30 * 24 * 60;

/** Lets a provider of the house speak a dialect: its first policy. */
export const adoptDialect = staffProcedure("provider.change")
  .input(z.object({ provider, dialect: z.string().max(40), policy: providerPolicySchema, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly version: number }> => {
    const { deps, staff, acting } = ctx;
    const dialect = dialects.find(({ code }) => code === input.dialect);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (dialect === undefined) return err("REQUEST_INVALID", "There is no such dialect.");
        const providerId = await findProviderId(tx, input.provider);
        if (providerId === undefined) return err("PROVIDER_NOT_FOUND");
        const { policy, reason } = input;
        const first = { providerId, dialect: dialect.code, policy, reason, actor: staff.name };
        if (!(await insertProviderPolicy(tx, first, 0))) return err("NOTHING_CHANGES", "It speaks a dialect already.");
        const after = { dialect: dialect.code, policy: policy as JsonObject };
        note({ action: "provider.adopt", subject: { kind: "provider", id: input.provider }, reason, after });
        return ok({ version: 1 });
      }),
    );
  });

/** `version` is the one that was seen: a policy that somebody else changed meanwhile is not overwritten. */
export const changePolicy = staffProcedure("provider.change")
  .input(z.object({ provider, version: z.int().min(1), policy: providerPolicySchema, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly version: number }> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const current = await findCurrent(tx, input.provider);
        if (!current.ok) return current;
        if (current.value.version !== input.version) return err("PLAN_CHANGED");
        const [before, after] = [current.value.policy as JsonObject, input.policy as JsonObject];
        if (canonicalJson(before) === canonicalJson(after)) return err("NOTHING_CHANGES");
        // Money that lies there comes home over the bank's own address: that can't be taken away from under it.
        if (
          input.policy.gameBank === null &&
          (await listLiveBanks(tx, { providerId: current.value.providerId, limit: 1 })).length > 0
        ) {
          return err("GAME_BANK_BUSY", "Players have game banks open there; close them first.");
        }
        const { reason } = input;
        const next = { ...current.value, policy: after, reason, actor: staff.name };
        if (!(await insertProviderPolicy(tx, next, input.version))) return err("PLAN_CHANGED");
        note({
          action: "provider.change-policy",
          subject: { kind: "provider", id: input.provider },
          reason,
          before,
          after,
        });
        return ok({ version: input.version + 1 });
      }),
    );
  });

/**
 * A new credential; the one before counts until the overlap has passed. A public key is given by the provider. A shared
 * secret may be given too; otherwise one is made, and shown this once.
 */
export const rotateCredential = staffProcedure("provider.rotate")
  .input(
    z.object({
      provider,
      secret: z.string().min(16).max(8_192).nullish(),
      overlapMinutes: z.int().min(0).max(mostOverlapMinutes),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly fingerprint: string; readonly secret: string | null }> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const current = await findCurrent(tx, input.provider);
        if (!current.ok) return current;
        const { providerId } = current.value;
        const dialect = dialects.find(({ code }) => code === current.value.dialect);
        if (dialect === undefined) return err("PROVIDER_NOT_FOUND");
        const given = input.secret?.trim();
        if (dialect.credential === "PUBLIC_KEY" && (given === undefined || !isPublicKey(given))) {
          return err("REQUEST_INVALID", "This dialect takes the provider's public key, as PEM.");
        }
        const secret = given ?? randomBytes(32).toString("base64");
        const fingerprint = createHash("sha256").update(secret).digest("hex").slice(0, 16);
        const sealed = await sealSecret(deps, providerId, secret);
        const endAt = new Date(deps.clock.now() + input.overlapMinutes * 60_000);
        const row = { providerId, kind: dialect.credential, sealed, fingerprint, createdBy: staff.name };
        await rotateProviderCredential(tx, row, endAt);
        note({
          action: "provider.rotate-credential",
          subject: { kind: "provider", id: input.provider },
          reason: input.reason,
          after: { fingerprint, othersEnd: endAt.toISOString() },
        });
        return ok({ fingerprint, secret: given === undefined ? secret : null });
      }),
    );
  });

/** Keeps what the laboratory found of a provider's dialect. */
export const keepConformanceReport = staffProcedure("provider.keep-report")
  .input(
    z.object({
      provider,
      report: z.object({
        dialect: z.string().max(40),
        target: z.string().max(400),
        scenarios: z.int().min(1).max(1_000),
        failed: z.int().min(0).max(1_000),
        results: z.array(z.unknown()).max(1_000),
      }),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly reportId: string }> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const providerId = await findProviderId(tx, input.provider);
        if (providerId === undefined) return err("PROVIDER_NOT_FOUND");
        const { dialect, target, scenarios, failed } = input.report;
        if (failed > scenarios) return err("REQUEST_INVALID");
        const row = { providerId, dialect, target, scenarios, failed, report: input.report, createdBy: staff.name };
        const reportId = formatId("conformance", await insertConformanceReport(tx, row));
        const after = { reportId, dialect, target, scenarios, failed };
        note({ action: "provider.keep-report", subject: { kind: "provider", id: input.provider }, after });
        return ok({ reportId });
      }),
    );
  });

async function findCurrent(
  db: Parameters<typeof listPolicyVersions>[0],
  code: string,
): Promise<Result<ProviderPolicyRow>> {
  const [current] = await listPolicyVersions(db, code);
  return current === undefined ? err("PROVIDER_NOT_FOUND") : ok(current);
}

function sealSecret({ vault }: StaffDeps, providerId: number, secret: string): Promise<Buffer> {
  return vault.seal("provider-secrets", secretPlace(providerId), Buffer.from(secret));
}

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === "rsa" && !pem.includes("PRIVATE");
  } catch {
    return false;
  }
}
