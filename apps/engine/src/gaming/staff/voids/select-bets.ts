/** Which bets a void is about: one, those of a round, a list, or what a filter finds. */
import { findProposedBets } from "@pitboss/db/identity/approval-bets-store";
import { findRoundBets } from "@pitboss/db/gaming/find-round-bets";
import { listVoidable, type VoidableBet } from "@pitboss/db/gaming/list-voidable";
import { listStaleBets } from "@pitboss/db/gaming/stale-store";
import { searchBets } from "@pitboss/db/gaming/search-bets";
import { mostVoidBets } from "@pitboss/domain/identity/approval-content";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { reasonInput } from "../../../edge/trpc/inputs.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { readScanCursor } from "../../../wallet/staff/list-transactions.ts";
import { nameRound } from "../../read-command.ts";
import { betFilters, readBetFilter } from "../list-bets.ts";

const id = z.string().min(1).max(40);

/** A filter needs where it begins: whoever voids in bulk knows when the trouble was. */
const voidFilter = betFilters.omit({ status: true, outcome: true, minPayout: true }).extend({ from: z.iso.datetime() });

export const voidSelection = z.discriminatedUnion("by", [
  z.object({ by: z.literal("bet"), betId: id }),
  z.object({ by: z.literal("round"), playerId: id, provider: z.string().max(40), roundId: z.string().min(1).max(128) }),
  z.object({ by: z.literal("list"), betIds: z.array(id).min(1).max(mostVoidBets) }),
  z.object({ by: z.literal("filter"), filter: voidFilter }),
  z.object({ by: z.literal("stale"), provider: z.string().max(40) }),
]);
export const voidInput = z.object({ selection: voidSelection, reason: reasonInput });

export type VoidSelection = z.infer<typeof voidSelection>;
export type VoidInput = z.infer<typeof voidInput>;

export interface Selected {
  /** Held, in the order of their ids, each once. */
  readonly bets: readonly VoidableBet[];
  readonly leftOut: readonly { readonly id: string; readonly failure: Failure }[];
}

/** Pages of a filter's search: each looks at 20,000 bets at most, so this is some seconds of reading. */
const mostPages = 100;
const pageSize = 1_000;

export async function selectBets(deps: StaffDeps, selection: VoidSelection): Promise<Result<Selected>> {
  switch (selection.by) {
    case "bet":
      return ok(await takeHeld(deps, [selection.betId]));
    case "list":
      return ok(await takeHeld(deps, selection.betIds));
    case "round":
      return selectRound(deps, selection);
    case "filter":
      return selectFiltered(deps, selection.filter);
    case "stale":
      return selectStale(deps, selection.provider);
  }
}

async function takeHeld({ db }: Pick<StaffDeps, "db">, ids: readonly string[]): Promise<Selected> {
  const numbers = new Map([...new Set(ids)].map((text) => [text, parseId("bet", text)]));
  const known = await listVoidable(
    db,
    [...numbers.values()].filter((number) => number !== undefined),
  );
  const found = new Set(known.map(({ betId }) => betId));
  const missing = [...numbers].filter(([, number]) => number === undefined || !found.has(number));
  const { bets, leftOut } = await splitHeld(db, known);
  const unknown = missing.map(([text]) => ({ id: text, failure: { code: "BET_NOT_FOUND" } as const }));
  return { bets, leftOut: [...unknown, ...leftOut] };
}

async function selectRound(
  { db, catalog }: StaffDeps,
  { playerId, provider, roundId }: Extract<VoidSelection, { by: "round" }>,
): Promise<Result<Selected>> {
  const game = catalog.all().find(({ providerCode }) => providerCode === provider);
  const player = parseId("player", playerId);
  if (game === undefined || player === undefined) return err("ROUND_NOT_FOUND");
  const { hash } = nameRound(game.providerId, player, roundId);
  const bets = await listVoidable(db, await findRoundBets(db, hash, player, roundId));
  const ofProvider = bets.filter(({ providerId }) => providerId === game.providerId);
  return ofProvider.length === 0 ? err("ROUND_NOT_FOUND") : ok(await splitHeld(db, ofProvider));
}

/** What the house would void by itself, were there not too much of it. */
async function selectStale({ db, catalog, clock }: StaffDeps, provider: string): Promise<Result<Selected>> {
  const game = catalog.all().find(({ providerCode }) => providerCode === provider);
  if (game === undefined) return err("PROVIDER_NOT_FOUND");
  const stale = await listStaleBets(db, game.providerId, new Date(clock.now()), mostVoidBets);
  return ok(
    await splitHeld(
      db,
      await listVoidable(
        db,
        stale.map(({ betId }) => betId),
      ),
    ),
  );
}

async function selectFiltered(deps: StaffDeps, asked: z.infer<typeof voidFilter>): Promise<Result<Selected>> {
  const filter = { ...readBetFilter(deps, asked), status: "HELD" as const };
  const ids: bigint[] = [];
  let before = readScanCursor(null, asked.to);
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await searchBets(deps.db, { ...filter, before, limit: pageSize });
    ids.push(...page.rows.map((row) => row.id));
    if (ids.length > mostVoidBets) {
      return err("PROPOSAL_TOO_LARGE", `The filter finds more than ${mostVoidBets} bets that are held.`);
    }
    const next = page.rows.length === pageSize ? page.rows.at(-1)?.id : page.more ? page.scannedTo : null;
    if (next == null) return ok(await splitHeld(deps.db, await listVoidable(deps.db, ids)));
    before = next;
  }
  return err("REQUEST_INVALID", "The filter reaches over too many bets; give it a shorter time.");
}

/** What is no longer held is left out, and so is what waits for a second person already. */
async function splitHeld(db: StaffDeps["db"], found: readonly VoidableBet[]): Promise<Selected> {
  const proposed = await findProposedBets(
    db,
    found.map(({ betId }) => betId),
  );
  const bets: VoidableBet[] = [];
  const leftOut: Selected["leftOut"][number][] = [];
  for (const bet of found) {
    const failure = whyNot(bet, proposed.get(bet.betId));
    if (failure === undefined) bets.push(bet);
    else leftOut.push({ id: formatId("bet", bet.betId), failure });
  }
  return { bets, leftOut };
}

function whyNot({ status }: VoidableBet, proposal: bigint | undefined): Failure | undefined {
  if (status === "VOIDED") return { code: "NOTHING_CHANGES", detail: "The bet is void." };
  if (status !== "HELD") return { code: "BET_ALREADY_SETTLED" };
  if (proposal === undefined) return undefined;
  return { code: "NOTHING_CHANGES", detail: `${formatId("approval", proposal)} proposes it already.` };
}
