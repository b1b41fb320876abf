/**
 * Custody in Fireblocks' dialect: an account ("vault") for each player, so that what comes to its addresses is theirs, and
 * one that payouts leave from. Moving what came into that one is the workspace's own automation, and not the house's call
 * (https://developers.fireblocks.com/reference/create-vault-account).
 */
import { type CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import { z } from "zod";
import { type Away, callProvider, noAnswer, type Reply } from "../../psp/call.ts";
import { type Asked, plainWebhookAnswer } from "../../psp/psp.ts";
import type { ChainOrder, ChainSent, ChainTransfer, Custodian, CustodyAmounts } from "../custodian.ts";
import type { CustodianSettings } from "../custodian-settings.ts";
import {
  assetIds,
  fireblocksError,
  fireblocksEvent,
  fireblocksTransaction,
  readTransaction,
} from "./fireblocks-wire.ts";
import { createTokenSigner, signCall } from "./request-token.ts";
import { checkFireblocksSignature, createWebhookKeys, isStale } from "./webhook-signature.ts";

const vaultPage = z.object({ accounts: z.array(z.object({ id: z.string(), customerRefId: z.string().nullish() })) });
const vaultAddress = z.object({ addresses: z.array(z.object({ address: z.string().min(1) })) });
const balance = z.object({ total: z.string(), available: z.string() });
/** "The external transaction id was used before." */
const externalIdTaken = 1438;
/** Codes that say the order can never be carried out: no such asset, address or account, and a policy that forbids it. */
const finalCodes = new Set([1407, 1427, 1468, 1503]);

interface FireblocksCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: object;
  readonly idempotencyKey?: string;
}

export function createFireblocks(settings: CustodianSettings): Custodian {
  const { code, name, url, apiKey, privateKey, hotVault, jwksUrl } = settings;
  const base = url.replace(/\/$/, "");
  const signer = createTokenSigner(apiKey, privateKey);
  const keys = createWebhookKeys(jwksUrl, () => Date.now());

  function send({ method, path, body, idempotencyKey }: FireblocksCall): Promise<Reply | Away> {
    const text = body === undefined ? "" : JSON.stringify(body);
    return callProvider({
      url: `${base}${path}`,
      method,
      headers: {
        "x-api-key": apiKey,
        authorization: `Bearer ${signCall(signer, { path, body: text }, Date.now())}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: text }),
    });
  }

  async function ask<T>(call: FireblocksCall, shape: z.ZodType<T>): Promise<Asked<T | undefined>> {
    const reply = await send(call);
    if ("away" in reply) return noAnswer(reply);
    if (reply.status === 404) return { kind: "answered", value: undefined };
    if (reply.status < 200 || reply.status > 299) return refusal(reply);
    const parsed = shape.safeParse(reply.body);
    return parsed.success
      ? { kind: "answered", value: parsed.data }
      : { kind: "unanswered", why: `The answer can't be read: ${z.prettifyError(parsed.error)}` };
  }

  async function openVault(playerId: string): Promise<Asked<string>> {
    const query = `/v1/vault/accounts_paged?namePrefix=${encodeURIComponent(`player ${playerId}`)}&limit=50`;
    const found = await ask({ method: "GET", path: query }, vaultPage);
    if (found.kind !== "answered") return found;
    const own = found.value?.accounts.find(({ customerRefId }) => customerRefId === playerId);
    if (own !== undefined) return { kind: "answered", value: own.id };
    const body = { name: `player ${playerId}`, customerRefId: playerId, hiddenOnUI: true, autoFuel: false };
    const idempotencyKey = `vault-${playerId}`;
    const made = await ask(
      { method: "POST", path: "/v1/vault/accounts", body, idempotencyKey },
      z.object({ id: z.string() }),
    );
    if (made.kind !== "answered") return made;
    return made.value === undefined
      ? { kind: "unanswered", why: "The account was not made." }
      : { kind: "answered", value: made.value.id };
  }

  async function openAddress(playerId: string, asset: CryptoAsset): ReturnType<Custodian["openAddress"]> {
    const vault = await openVault(playerId);
    if (vault.kind !== "answered") return vault;
    const path = `/v1/vault/accounts/${encodeURIComponent(vault.value)}/${assetIds[asset]}`;
    // The asset may be there already; then the address that it has is read.
    const made = await ask(
      { method: "POST", path, body: {}, idempotencyKey: `wallet-${playerId}-${asset}` },
      z.unknown(),
    );
    if (made.kind === "unanswered" || made.kind === "unsent") return made;
    const read = await ask({ method: "GET", path: `${path}/addresses_paginated` }, vaultAddress);
    if (read.kind !== "answered") return read;
    const [first] = read.value?.addresses ?? [];
    return first === undefined
      ? { kind: "unanswered", why: "The account has no address." }
      : { kind: "answered", value: { vault: vault.value, address: first.address } };
  }

  async function findAt(path: string): Promise<Asked<ChainTransfer | undefined>> {
    const found = await ask({ method: "GET", path }, fireblocksTransaction);
    if (found.kind !== "answered" || found.value === undefined) return found as Asked<undefined>;
    return { kind: "answered", value: readTransaction(found.value) };
  }

  return {
    code,
    name,
    hotVault,
    keptHeaders: ["fireblocks-webhook-signature", "content-type", "user-agent"],
    webhookAnswer: plainWebhookAnswer,
    openAddress,
    send: async (order) => readSent(await send(orderCall(order, hotVault))),
    findTransfer: (id) => findAt(`/v1/transactions/${encodeURIComponent(id)}`),
    findSent: (externalId) => findAt(`/v1/transactions/external_tx_id/${encodeURIComponent(externalId)}`),
    async readBalance(vault, asset): Promise<Asked<CustodyAmounts>> {
      const path = `/v1/vault/accounts/${encodeURIComponent(vault)}/${assetIds[asset]}`;
      const read = await ask({ method: "GET", path }, balance);
      if (read.kind !== "answered") return read;
      return { kind: "answered", value: read.value ?? { total: "0", available: "0" } };
    },
    async readWebhook(body, headers, nowMs) {
      const checked = await checkFireblocksSignature(body, headers["fireblocks-webhook-signature"], keys);
      if (!checked.ok) return { kind: "forged", why: checked.why };
      try {
        const { id, eventType, createdAt } = fireblocksEvent.parse(JSON.parse(body.toString("utf8")));
        if (isStale(createdAt, nowMs)) return { kind: "forged", why: "The event is too old." };
        return { kind: "event", eventId: id, type: eventType };
      } catch {
        return { kind: "unreadable", why: "The body is not an event." };
      }
    },
    readEvent(body) {
      const { eventType, resourceId, data } = fireblocksEvent.parse(JSON.parse(body.toString("utf8")));
      if (!eventType.startsWith("transaction.")) return { kind: "nothing", why: `${eventType} changes nothing here.` };
      const id = resourceId ?? z.object({ id: z.string() }).safeParse(data).data?.id;
      return id === undefined ? { kind: "unknown", why: "It names no transaction." } : { kind: "transfer", id };
    },
  };
}

function orderCall(
  { externalId, idempotencyKey, playerId, asset, amount, address }: ChainOrder,
  hotVault: string,
): FireblocksCall {
  return {
    method: "POST",
    path: "/v1/transactions",
    idempotencyKey,
    body: {
      operation: "TRANSFER",
      externalTxId: externalId,
      customerRefId: playerId,
      assetId: assetIds[asset],
      amount,
      source: { type: "VAULT_ACCOUNT", id: hotVault },
      destination: { type: "ONE_TIME_ADDRESS", oneTimeAddress: { address } },
      feeLevel: "MEDIUM",
      // The player gets the amount; the chain's fee comes out of the house's own.
      treatAsGrossAmount: false,
      note: externalId,
    },
  };
}

function readSent(reply: Reply | Away): ChainSent {
  if ("away" in reply) return { kind: "unanswered", why: reply.away };
  const id = z.object({ id: z.string().min(1) }).safeParse(reply.body).data?.id;
  if (reply.status >= 200 && reply.status < 300 && id !== undefined) return { kind: "accepted", id };
  const error = fireblocksError.safeParse(reply.body).data;
  const why = `${reply.status} ${error?.code ?? ""} ${error?.message ?? ""}`.trim();
  // An id that was used before says that there is one: it is asked about, and never sent under another id.
  const final =
    reply.status === 400 && error?.code != null && error.code !== externalIdTaken && finalCodes.has(error.code);
  return final ? { kind: "refused", code: String(error.code), why } : { kind: "unanswered", why };
}

function refusal({ status, body }: Reply): Extract<Asked<never>, { kind: "unanswered" | "refused" }> {
  const error = fireblocksError.safeParse(body).data;
  const why = `${status} ${error?.code ?? ""} ${error?.message ?? ""}`.trim();
  return status === 400 ? { kind: "refused", why } : { kind: "unanswered", why };
}
