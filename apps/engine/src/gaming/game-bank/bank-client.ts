/**
 * What the house says to a provider's game bank. Whatever is not a proper answer in time is no answer: what became of the
 * call is then unknown, and nobody here guesses.
 */
import { randomUUID } from "node:crypto";
import {
  closeReply,
  type OpenRequest,
  openReply,
  type TransferRequest,
  transferReply,
} from "@pitboss/domain/gaming/game-bank/bank-protocol";
import type { TransferReport } from "@pitboss/domain/gaming/game-bank/judge-transfer";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import type { z } from "zod";
import type { Integration } from "../dialects/kit/integrations.ts";
import { signWebhook } from "../dialects/kit/webhook-signature.ts";

export type Said<T> =
  | { readonly kind: "said"; readonly value: T }
  | { readonly kind: "unanswered"; readonly why: string };

type Bank = Pick<Integration, "policy" | "credentials">;
const mostBytes = 65_536;

export type Opened = { readonly status: "OK"; readonly launchUrl: string } | Refusal;
export interface Refusal {
  readonly status: "REFUSED";
  readonly code: string;
  readonly message: string;
}

export async function openAtBank(bank: Bank, nowMs: number, request: OpenRequest): Promise<Said<Opened>> {
  return callBank(bank, nowMs, "sessions/open", request, openReply);
}

export async function transferAtBank(
  bank: Bank,
  nowMs: number,
  request: TransferRequest,
): Promise<Said<TransferReport>> {
  return readReport(request.transferId, await callBank(bank, nowMs, "transfers", request, transferReply));
}

export async function queryBank(bank: Bank, nowMs: number, transferId: string): Promise<Said<TransferReport>> {
  return readReport(transferId, await callBank(bank, nowMs, "transfers/query", { transferId }, transferReply));
}

/** What is still there in minor units; above zero it is not closed, since that would be the player's. */
export async function closeAtBank(
  bank: Bank,
  nowMs: number,
  sessionId: string,
  currency: Currency,
): Promise<Said<{ readonly status: "OK"; readonly balance: bigint } | Refusal>> {
  const said = await callBank(bank, nowMs, "sessions/close", { sessionId }, closeReply);
  if (said.kind === "unanswered" || said.value.status === "REFUSED") return said as Said<Refusal>;
  const balance = parseAmount(said.value.balance, currency);
  if (!balance.ok) return { kind: "unanswered", why: "The balance in its answer is no amount." };
  return { kind: "said", value: { status: "OK", balance: balance.value } };
}

function readReport(transferId: string, said: Said<z.infer<typeof transferReply>>): Said<TransferReport> {
  if (said.kind === "unanswered") return said;
  const { value } = said;
  if (value.status === "REFUSED") return { kind: "said", value };
  if (value.transferId !== transferId) return { kind: "unanswered", why: "The answer is about another transfer." };
  if (value.status !== "DONE") return { kind: "said", value };
  if (!isCurrency(value.currency)) return { kind: "unanswered", why: "The answer names no currency of the house." };
  const [amount, balance] = [parseAmount(value.amount, value.currency), parseAmount(value.balance, value.currency)];
  if (!amount.ok || !balance.ok) return { kind: "unanswered", why: "An amount in the answer can't be read." };
  return {
    kind: "said",
    value: { status: "DONE", currency: value.currency, amount: amount.value, balance: balance.value },
  };
}

async function callBank<S extends z.ZodType>(
  { policy, credentials }: Bank,
  nowMs: number,
  path: string,
  body: object,
  schema: S,
): Promise<Said<z.infer<S>>> {
  const settings = policy.gameBank;
  // The newest comes first; while a secret is being changed the provider knows both.
  const secret = credentials.find(({ kind, validUntilMs }) => kind === "SECRET" && validUntilMs > nowMs)?.secret;
  if (settings === null || secret === undefined) {
    return { kind: "unanswered", why: "The provider has no game bank, or no secret to sign with." };
  }
  const raw = Buffer.from(JSON.stringify(body));
  const [id, seconds] = [`msg_${randomUUID()}`, String(Math.floor(nowMs / 1_000))];
  try {
    const response = await fetch(`${settings.url.replace(/\/$/, "")}/${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": seconds,
        "webhook-signature": signWebhook(secret, id, seconds, raw),
      },
      body: raw,
      // Nobody else is to be asked than who the policy names.
      redirect: "error",
      signal: AbortSignal.timeout(settings.answerWithinMs),
    });
    const text = await response.text();
    if (response.status !== 200 && response.status !== 422) {
      return { kind: "unanswered", why: `It answered with HTTP status ${response.status}.` };
    }
    if (text.length > mostBytes) return { kind: "unanswered", why: "Its answer is too long." };
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success
      ? { kind: "said", value: parsed.data }
      : { kind: "unanswered", why: "Its answer has not the form of one." };
  } catch (error) {
    return { kind: "unanswered", why: error instanceof Error ? error.message : String(error) };
  }
}
