/** Asking for a limit, confirming one that has cooled off, and taking a wish back. */
import { insertLimit, type LimitRecord, listOpenLimits, setLimitState } from "@pitboss/db/compliance/limit-store";
import { writeEvents } from "@pitboss/db/ops/write-events";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { saveGate } from "@pitboss/db/risk/gate-store";
import {
  decideConfirm,
  decideLimit,
  formatLimit,
  isStricter,
  type LimitAmount,
  type LimitKey,
} from "@pitboss/domain/compliance/player-limit";
import type { LimitBody } from "@pitboss/domain/compliance/rg-contract";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert, err, ok, type Result } from "@pitboss/domain/kernel/result";
import { limitRulesOf, minorOf, type Pack } from "@pitboss/domain/risk/jurisdiction-pack";
import { largestAmount, parseAmount } from "@pitboss/domain/wallet/money";
import type { Acting } from "../../audit/acting.ts";
import { type TakeNote, withAudit } from "../../audit/with-audit.ts";
import { withLimit } from "./counted-limits.ts";
import { lockRgPlayer, requesterOf, type RgDeps, rgEvent, type RgPlayer } from "./rg-player.ts";

interface Change {
  readonly tx: Transaction;
  readonly note: TakeNote;
  readonly acting: Acting;
  readonly nowMs: number;
  readonly player: RgPlayer;
}

export type SetLimit = { readonly applied: "NOW" | "WAITS"; readonly limitId: string };

/** `reason` is asked of staff, who can make a limit stricter and nothing else. */
export async function setLimit(
  deps: RgDeps,
  acting: Acting,
  playerId: bigint,
  body: LimitBody,
  reason?: string,
): Promise<Result<SetLimit>> {
  const nowMs = deps.clock.now();
  return withAudit(deps.db, acting, (tx, note) => setLimitIn({ tx, note, nowMs }, acting, playerId, body, reason));
}

/** The same inside of a transaction that does more. A refusal has written nothing. */
export async function setLimitIn(
  { tx, note, nowMs }: Pick<Change, "tx" | "note" | "nowMs">,
  acting: Acting,
  playerId: bigint,
  body: LimitBody,
  reason?: string,
): Promise<Result<SetLimit>> {
  const wanted = readWanted(body);
  if (!wanted.ok) return wanted;
  const { key, amount } = wanted.value;
  const player = await lockRgPlayer(tx, playerId, nowMs);
  if (!player.ok) return player;
  const change: Change = { tx, note, acting, nowMs, player: player.value };
  const lawful = checkLaw(player.value.pack, key, amount);
  if (!lawful.ok) return lawful;
  const { held, waiting } = findOpen(await listOpenLimits(tx, playerId), key);
  const decided = decideLimit(held?.amount ?? null, amount, limitRulesOf(player.value.pack), nowMs);
  if (!decided.ok) return decided;
  if (decided.value.kind === "wait" && acting.actorKind !== "player") {
    return err("NOT_ALLOWED", "Only the player can loosen a limit.");
  }
  if (waiting !== undefined) await setLimitState(tx, waiting.id, "REPLACED", new Date(nowMs));
  if (decided.value.kind === "now") {
    return ok({ applied: "NOW", limitId: await hold(change, key, amount, held, reason) });
  }
  const { readyAtMs, lapsesAtMs } = decided.value;
  return ok({ applied: "WAITS", limitId: await wait(change, key, amount, held, { readyAtMs, lapsesAtMs }) });
}

export async function confirmLimit(
  deps: RgDeps,
  acting: Acting,
  playerId: bigint,
  limitId: bigint,
): Promise<Result<SetLimit>> {
  const nowMs = deps.clock.now();
  return withAudit(deps.db, acting, async (tx, note): Promise<Result<SetLimit>> => {
    const player = await lockRgPlayer(tx, playerId, nowMs);
    if (!player.ok) return player;
    const open = await listOpenLimits(tx, playerId);
    const waiting = open.find(({ id, state }) => id === limitId && state !== "CONFIRMED");
    if (waiting?.readyAt == null || waiting.lapsesAt === null) return err("RECORD_NOT_FOUND");
    const { readyAt, lapsesAt } = waiting;
    const state = waiting.state === "READY" ? "READY" : "PENDING";
    const times = { state, readyAtMs: readyAt.getTime(), lapsesAtMs: lapsesAt.getTime() } as const;
    const decided = decideConfirm(times, nowMs);
    if (!decided.ok) return decided;
    const { held } = findOpen(open, waiting);
    if (held !== undefined) await setLimitState(tx, held.id, "REPLACED", new Date(nowMs));
    await setLimitState(tx, waiting.id, decided.value, new Date(nowMs));
    await applied({ tx, note, acting, nowMs, player: player.value }, waiting, waiting.amount, held, {
      action: "rg.limit-confirm",
      limitId: waiting.id,
    });
    return ok({ applied: "NOW", limitId: formatId("limit", waiting.id) });
  });
}

/** Takes back a wish for a looser limit; the old one goes on. */
export async function withdrawLimit(
  deps: RgDeps,
  acting: Acting,
  playerId: bigint,
  limitId: bigint,
): Promise<Result<true>> {
  const nowMs = deps.clock.now();
  return withAudit(deps.db, acting, async (tx, note): Promise<Result<true>> => {
    const player = await lockRgPlayer(tx, playerId, nowMs);
    if (!player.ok) return player;
    const open = await listOpenLimits(tx, playerId);
    const waiting = open.find(({ id, state }) => id === limitId && state !== "CONFIRMED");
    if (waiting === undefined) return err("RECORD_NOT_FOUND");
    await setLimitState(tx, waiting.id, "WITHDRAWN", new Date(nowMs));
    note({ action: "rg.limit-withdraw", subject: subjectOf(playerId), after: describe(waiting, waiting.amount) });
    return ok(true);
  });
}

function readWanted(body: LimitBody): Result<{ readonly key: LimitKey; readonly amount: LimitAmount }> {
  const { kind, period, currency, amount } = body;
  if ((kind === "SESSION") !== (currency === null)) {
    return err(
      "REQUEST_INVALID",
      kind === "SESSION" ? "A limit of time has no currency." : "The limit needs a currency.",
    );
  }
  const key: LimitKey = { kind, period, currency };
  if (amount === null) return ok({ key, amount: null });
  if (currency === null) {
    const minutes = /^[0-9]{1,5}$/.test(amount) ? BigInt(amount) : undefined;
    return minutes === undefined
      ? err("AMOUNT_INVALID", "A limit of time is whole minutes.")
      : ok({ key, amount: minutes });
  }
  const minor = parseAmount(amount, currency);
  if (!minor.ok) return minor;
  if (minor.value > largestAmount) return err("AMOUNT_INVALID", "The limit is larger than any amount.");
  return ok({ key, amount: minor.value });
}

/** What the law limits can't be set above it. */
function checkLaw(pack: Pack, key: LimitKey, amount: LimitAmount): Result<true> {
  for (const law of pack.rules.limits) {
    if (law.kind !== key.kind || law.period !== key.period || law.currency !== key.currency) continue;
    const most = minorOf(law.amount, law.currency);
    if (amount !== null && isStricter(most, amount)) {
      return err("LIMIT_ABOVE_LAW", undefined, { jurisdiction: pack.code, most: law.amount, currency: law.currency });
    }
  }
  return ok(true);
}

function findOpen(open: readonly LimitRecord[], key: LimitKey) {
  const same = open.filter(
    ({ kind, period, currency }) => kind === key.kind && period === key.period && currency === key.currency,
  );
  return {
    held: same.find(({ state }) => state === "CONFIRMED"),
    waiting: same.find(({ state }) => state !== "CONFIRMED"),
  };
}

async function hold(
  change: Change,
  key: LimitKey,
  amount: LimitAmount,
  held: LimitRecord | undefined,
  reason: string | undefined,
): Promise<string> {
  const { tx, acting, nowMs, player } = change;
  const now = new Date(nowMs);
  if (held !== undefined) await setLimitState(tx, held.id, "REPLACED", now);
  const requestedBy = requesterOf(acting);
  const limitId = await insertLimit(tx, {
    ...key,
    amount,
    playerId: player.id,
    requestedBy,
    requestedAt: now,
    state: "CONFIRMED",
    readyAt: null,
    lapsesAt: null,
  });
  await applied(change, key, amount, held, { action: "rg.limit-set", limitId, reason });
  return formatId("limit", limitId);
}

async function wait(
  { tx, note, acting, nowMs, player }: Change,
  key: LimitKey,
  amount: LimitAmount,
  held: LimitRecord | undefined,
  { readyAtMs, lapsesAtMs }: { readonly readyAtMs: number; readonly lapsesAtMs: number },
): Promise<string> {
  const [readyAt, lapsesAt] = [new Date(readyAtMs), new Date(lapsesAtMs)];
  const requestedAt = new Date(nowMs);
  const requestedBy = requesterOf(acting);
  const limit = { ...key, amount, playerId: player.id, requestedBy, requestedAt, readyAt, lapsesAt };
  const limitId = formatId("limit", await insertLimit(tx, { ...limit, state: "PENDING" }));
  const times = { readyAt: readyAt.toISOString(), lapsesAt: lapsesAt.toISOString() };
  const before = describe(key, held?.amount ?? null);
  note({
    action: "rg.limit-ask",
    subject: subjectOf(player.id),
    before,
    after: { ...describe(key, amount), ...times },
  });
  const payload = { ...describe(key, amount), before: before["amount"], ...times };
  await writeEvents(tx, [rgEvent("rg.limit_requested", acting, player.id, limitId, payload)]);
  return limitId;
}

/** The limit holds from now on: the gate counts for it, and everybody is told. */
async function applied(
  { tx, note, acting, nowMs, player }: Change,
  key: LimitKey,
  amount: LimitAmount,
  held: LimitRecord | undefined,
  {
    action,
    limitId,
    reason,
  }: { readonly action: string; readonly limitId: bigint; readonly reason?: string | undefined },
): Promise<void> {
  const state = await withLimit(tx, player, key, amount, nowMs);
  if (state !== undefined) await saveGate(tx, state);
  const before = describe(key, held?.amount ?? null);
  note({ action, subject: subjectOf(player.id), reason, before, after: describe(key, amount) });
  const payload = { ...describe(key, amount), before: before["amount"], by: requesterOf(acting) };
  await writeEvents(tx, [rgEvent("rg.limit_changed", acting, player.id, formatId("limit", limitId), payload)]);
}

function describe({ kind, period, currency }: LimitKey, amount: LimitAmount): JsonObject {
  return { kind, period, currency, amount: amount === null ? null : formatLimit(amount, currency) };
}

function subjectOf(playerId: bigint): { readonly kind: string; readonly id: string } {
  assert(playerId > 0n, "a limit belongs to a player");
  return { kind: "player", id: formatId("player", playerId) };
}
