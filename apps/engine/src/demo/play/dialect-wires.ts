/** A provider's calls as they stand on the wire, signed as its dialect asks. */
import { createHmac, createPrivateKey, type KeyObject, randomUUID, sign } from "node:crypto";
import { type Currency, exponentOf } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";

/** Who speaks which dialect, and what it proves itself with. */
export interface Speaks {
  readonly dialect: string;
  readonly secret: string;
}

export interface Play {
  readonly playerId: string;
  readonly session: string;
  readonly round: string;
  readonly currency: Currency;
  readonly game: string;
}

export interface ProviderCall {
  readonly kind: "bet" | "win" | "rollback";
  readonly id: string;
  /** The bet that it is about. */
  readonly bet: string;
  readonly amount: bigint;
  readonly close: boolean;
}

export interface Wire {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function wireOf({ dialect, secret }: Speaks, play: Play, call: ProviderCall): Wire {
  switch (dialect) {
    case "hub88": {
      const body = JSON.stringify(hub88Body(play, call));
      const signature = sign("sha256", Buffer.from(body), privateKeyOf(secret)).toString("base64");
      return { path: `transaction/${call.kind}`, body, headers: { "x-hub88-signature": signature } };
    }
    case "softswiss": {
      const body = JSON.stringify(softswissBody(play, call));
      const hex = createHmac("sha256", secret).update(body).digest("hex");
      return { path: call.kind === "rollback" ? "rollback" : "play", body, headers: { "x-request-sign": hex } };
    }
    case "evolution": {
      const paths = { bet: "debit", win: "credit", rollback: "cancel" } as const;
      const body = evolutionBody(play, call);
      return { path: `${paths[call.kind]}?authToken=${encodeURIComponent(secret)}`, body, headers: {} };
    }
    default:
      return signedJsonWire(secret, play, call);
  }
}

function hub88Body(
  { playerId, session, round, currency, game }: Play,
  { kind, id, bet, amount, close }: ProviderCall,
): object {
  const units = (amount * 100_000n) / 10n ** BigInt(exponentOf(currency));
  const base = {
    user: playerId,
    token: session,
    request_uuid: randomUUID(),
    transaction_uuid: id,
    round,
    game_code: game,
  };
  if (kind === "rollback") return { ...base, reference_transaction_uuid: bet };
  const money = { ...base, currency, amount: Number(units), round_closed: close };
  return kind === "bet" ? money : { ...money, reference_transaction_uuid: bet };
}

function softswissBody(
  { playerId, round, currency, game }: Play,
  { kind, id, bet, amount, close }: ProviderCall,
): object {
  const more = kind === "rollback" ? { original_action_id: bet } : { amount: Number(amount) };
  const actions = [{ action: kind, action_id: id, ...more }];
  return { user_id: playerId, currency, game, game_id: round, finished: close, actions };
}

function evolutionBody({ playerId, session, round, currency, game }: Play, { id, bet, amount }: ProviderCall): string {
  const body = JSON.stringify({
    userId: playerId,
    sid: session,
    uuid: randomUUID(),
    currency,
    game: { id: round, type: "wheel", details: { table: { id: game, vid: null } } },
    transaction: { id, refId: bet, amount: "AMOUNT" },
  });
  // The amount goes out as a number with all of its digits.
  return body.replace('"AMOUNT"', formatMinor(amount, currency));
}

function signedJsonWire(secret: string, play: Play, { kind, id, bet, amount, close }: ProviderCall): Wire {
  const { playerId, session, round, currency, game } = play;
  const base = { transactionId: id, playerId };
  const money = { ...base, roundId: round, gameId: game, currency, amount: formatMinor(amount, currency) };
  const body = JSON.stringify(
    kind === "rollback"
      ? { ...base, originalTransactionId: bet }
      : kind === "bet"
        ? { ...money, session }
        : { ...money, betTransactionId: bet, close },
  );
  const name = `msg_${id}`;
  const stamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", Buffer.from(secret, "base64"))
    .update(`${name}.${stamp}.${body}`)
    .digest("base64");
  const headers = { "webhook-id": name, "webhook-timestamp": stamp, "webhook-signature": `v1,${signature}` };
  return { path: kind, body, headers };
}

const privateKeys = new Map<string, KeyObject>();

/** Reading a key takes longer than signing with it. */
function privateKeyOf(pem: string): KeyObject {
  let key = privateKeys.get(pem);
  if (key === undefined) privateKeys.set(pem, (key = createPrivateKey(pem)));
  return key;
}
