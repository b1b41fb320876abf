import { countNotUnder } from "@pitboss/db/identity/key-store";
import { readHealthFacts } from "@pitboss/db/ops/read-health";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { procedure } from "../../edge/trpc/procedure.ts";
import { version } from "../../kernel/version.ts";

export interface Health {
  readonly version: string;
  readonly node: string;
  readonly production: boolean;
  readonly time: string;
  readonly database: { readonly version: string; readonly time: string };
  readonly events: {
    /** Positions are numbers that fit a JSON number only by chance, so they are text. */
    readonly head: string;
    readonly unnumbered: number;
    readonly consumers: readonly {
      readonly consumer: string;
      readonly position: string;
      readonly behind: string;
      readonly movedAt: string;
    }[];
  };
  readonly seals: {
    readonly newest: string | null;
    readonly sealedAt: string | null;
    /** Numbered batches that no seal covers yet. */
    readonly behind: string;
  };
  readonly audit: {
    readonly checkpointAt: string | null;
    readonly unsealed: number;
    readonly waitsSince: string | null;
  };
  /** Since when the oldest of each waits that should have been done; null where none does. */
  readonly work: { readonly approvedSince: string | null; readonly exportSince: string | null };
  readonly keys: {
    /** False where nothing can sign checkpoints of the audit log. */
    readonly auditSigns: boolean;
    /** Keys that still lie wrapped by an older master key. */
    readonly waitingForRewrap: string;
  };
  readonly partitionsUntil: string;
}

/** How the house is doing: what `pitboss doctor` judges. */
export const showHealth = procedure("system.read").query(async ({ ctx }): Promise<Health> => {
  const { db, clock, settings, ring, keys } = ctx.deps;
  const facts = await readHealthFacts(db);
  const now = clock.now();
  const signing = await ring.list();
  const { head, seal } = facts;
  return {
    version,
    node: process.versions.node,
    production: settings.production,
    time: new Date(clock.now()).toISOString(),
    database: {
      version: facts.databaseVersion,
      time: facts.databaseTime.toISOString(),
    },
    events: {
      head: head.toString(),
      unnumbered: facts.unnumbered,
      consumers: facts.consumers.map(({ consumer, position, updatedAt }) => ({
        consumer,
        position: position.toString(),
        behind: (head > position ? head - position : 0n).toString(),
        movedAt: updatedAt.toISOString(),
      })),
    },
    seals: {
      newest: seal === null ? null : formatId("seal", seal.number),
      sealedAt: seal?.sealedAt.toISOString() ?? null,
      behind: (head - (seal?.toPosition ?? 0n)).toString(),
    },
    audit: {
      checkpointAt: facts.auditCheckpointAt?.toISOString() ?? null,
      unsealed: facts.auditUnsealed,
      waitsSince: facts.auditWaitsSince?.toISOString() ?? null,
    },
    work: {
      approvedSince: facts.approvedSince?.toISOString() ?? null,
      exportSince: facts.exportSince?.toISOString() ?? null,
    },
    keys: {
      auditSigns: signing.some(
        ({ purpose, signsFrom, privateSealed }) =>
          purpose === "AUDIT" && privateSealed !== null && signsFrom.getTime() <= now,
      ),
      waitingForRewrap: (await countNotUnder(db, await keys.currentKeyId())).toString(),
    },
    partitionsUntil: facts.partitionsUntil.toISOString(),
  };
});
