/** Game providers and their dialects, as staff see them: no secret leaves here. */
import { type CircuitStep, listCircuitSteps } from "@pitboss/db/gaming/circuit-store";
import {
  type CallSum,
  findConformanceReport,
  listConformanceReports,
  listPolicyVersions,
  listProviderCredentials,
  listProviderPolicies,
  type ProviderPolicyRow,
  sumCalls,
} from "@pitboss/db/gaming/provider-store";
import { type ProviderPolicy, providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";
import { dialects } from "../../dialects/registry.ts";
import { type ProviderHealth, readHealth, unheard } from "./read-health.ts";

export interface ProviderRow {
  readonly provider: string;
  readonly name: string;
  readonly dialect: string;
  readonly dialectTitle: string;
  readonly state: "OPEN" | "PAUSED";
  readonly policyVersion: number;
  readonly changedAt: string;
  /** Of the last 24 hours. */
  readonly calls: number;
  /** Of these, how many were answered with a refusal or a fault. */
  readonly refused: number;
  readonly health: ProviderHealth;
}

export interface ProviderDetail extends ProviderRow {
  readonly policy: ProviderPolicy;
  /** The address that the provider's calls begin with, below the engine's own. */
  readonly path: string;
  readonly operations: readonly string[];
  /** What it proves itself with. */
  readonly credentialKind: "PUBLIC_KEY" | "SECRET";
  readonly history: readonly {
    readonly version: number;
    readonly reason: string;
    readonly actor: string;
    readonly at: string;
  }[];
  readonly credentials: readonly {
    readonly kind: "PUBLIC_KEY" | "SECRET";
    readonly fingerprint: string;
    readonly state: "LIVE" | "ENDING" | "ENDED";
    readonly validFrom: string;
    readonly validUntil: string | null;
    readonly createdBy: string;
  }[];
  /** How calls of the last 24 hours were answered, most frequent first, in the engine's codes. */
  readonly answers: readonly { readonly operation: string; readonly code: string; readonly calls: number }[];
  /** How its circuit moved, newest first. */
  readonly circuitSteps: readonly (Omit<CircuitStep, "at"> & { readonly at: string })[];
  readonly reports: readonly {
    readonly reportId: string;
    readonly dialect: string;
    readonly target: string;
    readonly scenarios: number;
    readonly failed: number;
    readonly createdBy: string;
    readonly at: string;
  }[];
}

const dayMs = 24 * 3_600_000;
const mostCircuitSteps = 20;
const well = new Set(["OK", "REPEATED"]);

export const listProviders = procedure("provider.read").query(
  async ({ ctx }): Promise<{ readonly rows: readonly ProviderRow[] }> => {
    const { db, clock } = ctx.deps;
    const [policies, sums, health] = await Promise.all([
      listProviderPolicies(db),
      sumCalls(db, new Date(clock.now() - dayMs)),
      readHealth(ctx.deps),
    ]);
    return { rows: policies.map((row) => presentRow(row, sums, health)) };
  },
);

export const showProvider = procedure("provider.read")
  .input(z.object({ provider: z.string().min(1).max(80) }))
  .query(async ({ ctx, input }): Promise<ProviderDetail> => {
    const { db, clock } = ctx.deps;
    const versions = await listPolicyVersions(db, input.provider);
    const [current] = versions;
    if (current === undefined) return throwFailure({ code: "PROVIDER_NOT_FOUND" });
    const { providerId } = current;
    const [credentials, sums, reports, steps, health] = await Promise.all([
      listProviderCredentials(db, { providerId, ended: true }),
      sumCalls(db, new Date(clock.now() - dayMs)),
      listConformanceReports(db, providerId),
      listCircuitSteps(db, providerId, mostCircuitSteps),
      readHealth(ctx.deps),
    ]);
    const dialect = dialects.find(({ code }) => code === current.dialect);
    return {
      ...presentRow(current, sums, health),
      policy: providerPolicySchema.parse(current.policy),
      path: `/v1/providers/${current.code}`,
      operations: Object.keys(dialect?.operations ?? {}),
      credentialKind: dialect?.credential ?? "SECRET",
      history: versions.map(({ version, reason, actor, createdAt }) => ({
        version,
        reason,
        actor,
        at: createdAt.toISOString(),
      })),
      credentials: credentials.slice(0, 20).map(({ kind, fingerprint, validFrom, validUntil, createdBy }) => ({
        kind,
        fingerprint,
        state: validUntil === null ? "LIVE" : validUntil.getTime() > clock.now() ? "ENDING" : "ENDED",
        validFrom: validFrom.toISOString(),
        validUntil: validUntil?.toISOString() ?? null,
        createdBy,
      })),
      answers: sums
        .filter((sum) => sum.providerId === providerId)
        .map(({ operation, code, calls }) => ({ operation, code, calls })),
      circuitSteps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
      reports: reports.map(({ id, createdAt, ...report }) => ({
        ...report,
        reportId: formatId("conformance", id),
        at: createdAt.toISOString(),
      })),
    };
  });

/** A report of conformance with all of its steps, as the laboratory wrote it: JSON text. */
export const showConformanceReport = procedure("provider.read")
  .input(z.object({ reportId: idInput("conformance") }))
  .query(async ({ ctx, input }): Promise<{ readonly report: string }> => {
    const report = await findConformanceReport(ctx.deps.db, input.reportId);
    return report === undefined ? throwFailure({ code: "RECORD_NOT_FOUND" }) : { report: JSON.stringify(report) };
  });

function presentRow(
  row: ProviderPolicyRow,
  sums: readonly CallSum[],
  health: ReadonlyMap<number, ProviderHealth>,
): ProviderRow {
  const own = sums.filter(({ providerId }) => providerId === row.providerId);
  const count = (list: readonly CallSum[]) => list.reduce((total, { calls }) => total + calls, 0);
  return {
    provider: row.code,
    name: row.name,
    dialect: row.dialect,
    dialectTitle: dialects.find(({ code }) => code === row.dialect)?.title ?? row.dialect,
    state: row.paused ? "PAUSED" : "OPEN",
    policyVersion: row.version,
    changedAt: row.createdAt.toISOString(),
    calls: count(own),
    refused: count(own.filter(({ code }) => !well.has(code))),
    health: health.get(row.providerId) ?? unheard,
  };
}
