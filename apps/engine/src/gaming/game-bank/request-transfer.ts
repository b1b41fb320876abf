/** Writes a transfer down and sends it: cash to a game bank, or back from there. A repeat is the same transfer. */
import {
  type BankTransferRecord,
  findBankTransfer,
  findOpenTransfer,
  findTransferByRequest,
  isStale,
  nextBankTransferId,
  type NewBankTransfer,
  requestBankTransfer,
  requestTransferStatement,
  requestTransferValues,
} from "@pitboss/db/gaming/bank-transfer-store";
import { findDialectPlayer } from "@pitboss/db/gaming/dialect-reads";
import type { GameBankRecord } from "@pitboss/db/gaming/game-bank-store";
import { findDenial } from "@pitboss/db/wallet/first-answer";
import { judgeBankIn } from "@pitboss/domain/gaming/game-bank/judge-transfer";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { RequestState } from "@pitboss/domain/wallet/book";
import { barredFromPlay } from "../../compliance/rg/barred-from-play.ts";
import { denyPlace } from "../../risk/geo/deny-place.ts";
import type { Place } from "../../risk/geo/judge-place.ts";
import { failureOf } from "../submit-command.ts";
import type { BankDesk } from "./game-bank.ts";
import { readInBank, sendTransfer } from "./send-transfer.ts";

/** When the worker sends it, should whoever wrote it down not live to do so, ms. */
const orphanMs = 5_000;

export interface TransferWish {
  readonly requestKey: string;
  readonly requestId: string;
  readonly bodyHash: bigint;
  readonly traceId: string;
  readonly actor: string | null;
}

export interface InWish extends TransferWish {
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly place: Place | null;
}

export async function transferIn(
  desk: BankDesk,
  bank: GameBankRecord,
  wish: InWish,
): Promise<Result<BankTransferRecord>> {
  const earlier = await findEarlier(desk, wish);
  if (earlier !== undefined) return earlier;
  const allowed = await checkIn(desk, bank, wish);
  if (!allowed.ok) return allowed;
  const { playerId, currency, provider } = bank;
  const made = await newTransfer(desk, bank, wish, { direction: "IN", amount: wish.amount });
  const answer = await desk.lanes.submit({
    requestId: wish.requestId,
    traceId: wish.traceId,
    actor: wish.actor,
    command: {
      type: "move",
      playerId,
      requestKey: wish.requestKey,
      bodyHash: wish.bodyHash,
      move: {
        type: "TRANSFER_OUT",
        playerId,
        currency,
        amount: wish.amount,
        provider,
        reference: made.id,
        details: { transferId: formatId("bankTransfer", made.id), gameBankId: formatId("gameBank", bank.id) },
      },
    },
    alongside: [{ statement: requestTransferStatement, values: requestTransferValues(made) }],
  });
  if (answer.kind === "failed") {
    // Another transfer of this bank, or its closing, was written first.
    const busy = answer.failure.code === "OVERLOADED" ? await whyNot(desk, bank) : undefined;
    return { ok: false, error: busy ?? answer.failure };
  }
  const { outcome } = answer.ran;
  if (outcome.kind === "refused") return { ok: false, error: outcome.decision.failure };
  const refused = outcome.kind === "repeated" ? await findRefusal(desk, outcome.request) : undefined;
  return refused ?? sendWritten(desk, wish);
}

/** `amount` null takes everything out. Nothing that keeps a player from playing keeps their money there. */
export async function transferOut(
  desk: BankDesk,
  bank: GameBankRecord,
  wish: TransferWish & { readonly amount: bigint | null },
): Promise<Result<BankTransferRecord>> {
  const earlier = await findEarlier(desk, wish);
  if (earlier !== undefined) return earlier;
  const why = await whyNot(desk, bank, true);
  if (why !== undefined) return { ok: false, error: why };
  const made = await newTransfer(desk, bank, wish, { direction: "OUT", amount: wish.amount });
  try {
    await requestBankTransfer(desk.db, made);
  } catch (error) {
    if (isStale(error)) return err("GAME_BANK_CLOSED");
    if (!isTaken(error)) throw error;
    // The same request, or another transfer of the bank, was written at the same moment.
    return (await findEarlier(desk, wish)) ?? err("GAME_BANK_BUSY");
  }
  return sendWritten(desk, wish);
}

/** A request that was refused for good is refused again, in the same words. */
async function findRefusal(
  { db }: BankDesk,
  { kind, ref }: RequestState,
): Promise<Result<BankTransferRecord> | undefined> {
  const denial = kind === "DENIED" && ref !== null ? await findDenial(db, ref) : undefined;
  return denial === undefined ? undefined : { ok: false, error: failureOf(denial) };
}

async function findEarlier(
  { db }: BankDesk,
  { requestKey, bodyHash }: TransferWish,
): Promise<Result<BankTransferRecord> | undefined> {
  const earlier = await findTransferByRequest(db, requestKey);
  if (earlier === undefined) return undefined;
  return earlier.bodyHash === bodyHash ? ok(earlier) : err("REQUEST_REUSED");
}

async function checkIn(
  desk: BankDesk,
  bank: GameBankRecord,
  { amount, place, requestKey, traceId }: InWish,
): Promise<Result<unknown>> {
  const why = await whyNot(desk, bank);
  if (why !== undefined) return { ok: false, error: why };
  const { playerId, provider, currency } = bank;
  const integration = desk.integrations.byCode(provider);
  const player = await findDialectPlayer(desk.db, playerId);
  if (integration === undefined) return err("GAME_BANK_NONE");
  if (player === undefined) return err("PLAYER_NOT_FOUND");
  const judged = judgeBankIn(integration.policy, {
    currency,
    amount,
    inBank: await readInBank(desk, bank),
    country: player.country,
    blocked: player.status !== "ACTIVE",
    providerPaused: integration.paused,
  });
  if (!judged.ok) return judged;
  const now = desk.clock.now();
  const barred = await barredFromPlay(desk.db, playerId, now);
  if (barred !== undefined) return { ok: false, error: barred };
  if (place === null) return judged;
  const asked = { player: { id: playerId, country: player.country }, place, requestKey, traceId, atMs: now };
  const denied = await denyPlace(desk.db, { ...asked, occasion: "GAME_BANK", command: "game-bank-in" });
  return denied.ok ? judged : denied;
}

async function whyNot({ db }: BankDesk, { id, state }: GameBankRecord, out = false) {
  if (state !== "OPEN" && !(out && state === "CLOSING")) return { code: "GAME_BANK_CLOSED" } as const;
  return (await findOpenTransfer(db, id)) === undefined ? undefined : ({ code: "GAME_BANK_BUSY" } as const);
}

async function newTransfer(
  { db, clock }: BankDesk,
  { id: sessionId }: GameBankRecord,
  { requestKey, requestId, bodyHash, traceId, actor }: TransferWish,
  { direction, amount }: Pick<NewBankTransfer, "direction" | "amount">,
): Promise<NewBankTransfer> {
  const id = await nextBankTransferId(db);
  const workAt = new Date(clock.now() + orphanMs);
  return { id, sessionId, direction, amount, requestKey, requestId, bodyHash, traceId, actor, workAt };
}

/** The answer tells how far it got; an outcome that is not known is followed by the worker. */
async function sendWritten(desk: BankDesk, { requestKey, actor }: TransferWish): Promise<Result<BankTransferRecord>> {
  const written = await findTransferByRequest(desk.db, requestKey);
  if (written === undefined) return err("OUTCOME_UNKNOWN");
  if (written.state === "REQUESTED") await sendTransfer(desk, written, actor ?? "player");
  return ok((await findBankTransfer(desk.db, written.id)) ?? written);
}

function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === "23505") || isTaken(error.cause);
}
