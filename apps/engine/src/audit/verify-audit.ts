import {
  countStray,
  countUnsealed,
  findLastCheckpoint,
  listCheckpointsBetween,
  listLinks,
  type SignedCheckpoint,
} from "@pitboss/db/audit/chain-audit";
import { entryOf, listAuditByIds } from "@pitboss/db/audit/search-audit";
import {
  type ChainBreak,
  type ChainPoint,
  chainStart,
  checkpointText,
  walkChain,
} from "@pitboss/domain/audit/audit-chain";
import { z } from "zod";
import { procedure } from "../edge/trpc/procedure.ts";
import { verifyText } from "../identity/keys/signing-ring.ts";
import type { StaffDeps } from "../identity/staff-deps.ts";

const slice = 1_000;
/** One call looks at this many entries at most; whoever verifies a longer log comes again from where it ended. */
const mostAtOnce = 20_000;

const point = z.object({
  position: z.string().regex(/^[0-9]{1,19}$/),
  chainHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export interface AuditStatus {
  readonly sealedTo: string;
  readonly checkpoint: {
    readonly number: string;
    readonly position: string;
    readonly chainHash: string;
    readonly sealedAt: string;
    readonly kid: string;
    readonly signature: string;
  } | null;
  /** Written in the last seconds, not yet chained. */
  readonly waiting: string;
}

/** How far the log is sealed, with the newest signed checkpoint: what an outsider should keep a copy of. */
export const showAuditStatus = procedure("audit.read").query(async ({ ctx }): Promise<AuditStatus> => {
  const { db } = ctx.deps;
  const [checkpoint, waiting] = await Promise.all([findLastCheckpoint(db), countUnsealed(db)]);
  return {
    sealedTo: checkpoint?.position.toString() ?? "0",
    checkpoint:
      checkpoint === undefined
        ? null
        : { ...checkpoint, number: checkpoint.number.toString(), position: checkpoint.position.toString() },
    waiting: waiting.toString(),
  };
});

export interface Verification {
  /** Where the next call begins; give it back as `from`. */
  readonly end: { readonly position: string; readonly chainHash: string };
  readonly entries: number;
  readonly checkpoints: number;
  readonly done: boolean;
  /** The first thing that is wrong, in words; null where everything so far holds. */
  readonly broken: { readonly position: string; readonly what: string } | null;
}

/**
 * Checks the log: each entry against its hash, each hash against the chain, each checkpoint against its signature. What
 * it finds does not depend on what the log says of itself, but on the hashes that the caller carries from call to call.
 */
export const verifyAuditLog = procedure("audit.verify")
  .input(z.object({ from: point.nullish() }))
  .query(async ({ ctx, input }): Promise<Verification> => {
    const from = input.from == null ? { position: 0n, chainHash: chainStart } : readPoint(input.from);
    return verifyFrom(ctx.deps, from);
  });

async function verifyFrom(deps: StaffDeps, from: ChainPoint): Promise<Verification> {
  let end = from;
  let entries = 0;
  let checkpoints = 0;
  while (entries < mostAtOnce) {
    const links = await listLinks(deps.db, end.position, slice);
    if (links.length === 0) break;
    const records = await listAuditByIds(
      deps.db,
      links.map(({ auditId }) => auditId),
    );
    const byId = new Map(records.map((record) => [record.number, entryOf(record)]));
    const walked = walkChain(
      end,
      links.map((link) => ({ ...link, entry: byId.get(link.auditId) })),
    );
    if (walked.broken !== undefined) return answer(walked.end, entries, checkpoints, describe(walked.broken), true);
    const hashes = new Map(links.map(({ position, chainHash }) => [position, chainHash]));
    for (const checkpoint of await listCheckpointsBetween(deps.db, end.position, walked.end.position)) {
      const wrong = await checkCheckpoint(deps, checkpoint, hashes.get(checkpoint.position));
      if (wrong !== undefined) {
        return answer(walked.end, entries, checkpoints, { position: checkpoint.position, what: wrong }, true);
      }
      checkpoints += 1;
    }
    entries += links.length;
    end = walked.end;
    if (links.length < slice) break;
  }
  const done = entries < mostAtOnce;
  const stray = done ? await countStray(deps.db) : 0n;
  const what = `${stray} entries are neither sealed nor waiting to be`;
  return answer(end, entries, checkpoints, stray === 0n ? undefined : { position: end.position, what }, done);
}

async function checkCheckpoint(
  { ring }: StaffDeps,
  checkpoint: SignedCheckpoint,
  chainHash: string | undefined,
): Promise<string | undefined> {
  if (checkpoint.chainHash !== chainHash) return `checkpoint ${checkpoint.number} names another chain hash`;
  const key = await ring.verifier("AUDIT", checkpoint.kid);
  if (key === undefined) return `checkpoint ${checkpoint.number} is signed by an unknown key`;
  return verifyText(key, checkpointText(checkpoint), checkpoint.signature)
    ? undefined
    : `the signature of checkpoint ${checkpoint.number} is wrong`;
}

const sentences: Readonly<Record<ChainBreak["kind"], string>> = {
  gap: "a position is missing from the chain",
  "entry-missing": "the entry is gone from the log",
  "entry-changed": "the entry was changed after it was sealed",
  "link-changed": "the chain does not follow from what is before it",
};

function describe({ kind, position }: ChainBreak): { position: bigint; what: string } {
  return { position, what: sentences[kind] };
}

function readPoint({ position, chainHash }: z.infer<typeof point>): ChainPoint {
  return { position: BigInt(position), chainHash };
}

function answer(
  end: ChainPoint,
  entries: number,
  checkpoints: number,
  broken: { readonly position: bigint; readonly what: string } | undefined,
  done: boolean,
): Verification {
  return {
    end: { position: end.position.toString(), chainHash: end.chainHash },
    entries,
    checkpoints,
    done,
    broken: broken === undefined ? null : { position: broken.position.toString(), what: broken.what },
  };
}
