/** What the figures of an engine mean: fine, to be looked at, or broken. Each finding says what to do. */
import type { Outputs } from "../session/api-types.ts";

export type Health = Outputs["system"]["health"];

export interface Finding {
  readonly check: string;
  readonly state: "ok" | "warn" | "fail";
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

const limits = {
  /** Tokens live five minutes and second factors 30 seconds: a clock that is off by this makes both fail. */
  skewMs: { warn: 2_000, fail: 20_000 },
  /** Batches that a consumer or the seals may be behind; the busiest engine makes some hundred a second. */
  behind: { warn: 5_000n, fail: 100_000n },
  unnumbered: { warn: 1_000, fail: 10_000 },
  /** The audit log is sealed every five seconds. */
  auditWaitMs: { warn: 60_000, fail: 600_000 },
  /** What is approved is applied within seconds, unless something stands in its way that people have to see to. */
  approvedMs: { warn: 120_000, fail: 7 * 86_400_000 },
  exportMs: { warn: 300_000, fail: 3_600_000 },
  /** The job makes twelve months ahead. */
  partitionsMs: { warn: 90 * 86_400_000, fail: 14 * 86_400_000 },
} as const;

export function judgeHealth(health: Health, cliVersion: string, skewMs: number): Finding[] {
  const { database, events, seals, audit } = health;
  const now = Date.parse(health.time);
  const databaseSkew = Math.abs(Date.parse(database.time) - now);
  const auditWait = audit.waitsSince === null ? 0 : now - Date.parse(audit.waitsSince);
  const since = (instant: string | null): number => (instant === null ? 0 : now - Date.parse(instant));
  const { approvedSince, exportSince } = health.work;
  const ahead = Date.parse(health.partitionsUntil) - now;
  return [
    {
      check: "versions",
      state: health.version === cliVersion ? "ok" : "warn",
      found: `engine ${health.version}, pitboss ${cliVersion}, PostgreSQL ${database.version}`,
      ...(health.version === cliVersion ? {} : { advice: "Use the CLI of the engine's version." }),
    },
    grade(
      "clock of this machine",
      Math.abs(skewMs),
      limits.skewMs,
      `${Math.round(skewMs)} ms from the engine's`,
      "Set this machine's clock by NTP.",
    ),
    grade(
      "clock of the database",
      databaseSkew,
      limits.skewMs,
      `${databaseSkew} ms from the engine's`,
      "Set the clocks by NTP.",
    ),
    grade(
      "numbering of events",
      events.unnumbered,
      limits.unnumbered,
      `position ${events.head}, ${events.unnumbered} batches wait`,
      "No engine numbers batches: look into the engines' logs for the sequencer.",
    ),
    ...events.consumers.map(({ consumer, behind, movedAt }) =>
      grade(
        `consumer ${consumer}`,
        BigInt(behind),
        limits.behind,
        `${behind} batches behind, moved ${movedAt}`,
        "It is stuck or slow: look for its name in the engines' logs.",
      ),
    ),
    grade(
      "seals of the ledger",
      BigInt(seals.behind),
      limits.behind,
      seals.newest === null
        ? `none yet, ${seals.behind} batches wait`
        : `${seals.newest} of ${seals.sealedAt ?? ""}, ${seals.behind} batches behind`,
      "Nothing is lost, but receipts wait: look for the sealer in the engines' logs.",
    ),
    grade(
      "sealing of the audit log",
      auditWait,
      limits.auditWaitMs,
      `${audit.unsealed} entries wait${audit.checkpointAt === null ? "" : `, last checkpoint ${audit.checkpointAt}`}`,
      "Look for seal-audit in the engines' logs.",
    ),
    health.keys.auditSigns
      ? { check: "keys", state: "ok", found: `${health.keys.waitingForRewrap} wait for the current master key` }
      : {
          check: "keys",
          state: "fail",
          found: "nothing signs the audit log's checkpoints",
          advice: "Look for signing keys in the engines' logs: pitboss keys list",
        },
    grade(
      "approved proposals",
      since(approvedSince),
      limits.approvedMs,
      approvedSince === null ? "none waits to be applied" : `one waits since ${approvedSince}`,
      "It says why it could not be applied: pitboss approval list --box all --status APPROVED",
    ),
    grade(
      "exports",
      since(exportSince),
      limits.exportMs,
      exportSince === null ? "none waits" : `one waits since ${exportSince}`,
      "No engine writes exports: look for exports in the engines' logs.",
    ),
    grade(
      "partitions ahead",
      -ahead,
      { warn: -limits.partitionsMs.warn, fail: -limits.partitionsMs.fail },
      `made until ${health.partitionsUntil}`,
      "A month without a partition refuses every bet: look for the partition job in the engines' logs.",
    ),
  ];
}

function grade<N extends number | bigint>(
  check: string,
  value: N,
  { warn, fail }: { readonly warn: N; readonly fail: N },
  found: string,
  advice: string,
): Finding {
  if (value < warn) return { check, state: "ok", found };
  return { check, state: value < fail ? "warn" : "fail", found, advice };
}
