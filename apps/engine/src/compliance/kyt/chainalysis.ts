/**
 * Chainalysis KYT, version 2: a transfer, or the attempt of a withdrawal, is registered once under the house's own name of
 * it, is looked at for a while (`updatedAt` is null until then), and has alerts after that
 * (https://reqs.chainalysis.com/docs/kyt-api).
 */
import { type CryptoAsset, cryptoAssets } from "@pitboss/domain/cashier/crypto-asset";
import { alertLevels } from "@pitboss/domain/compliance/kyt/decide-kyt";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { z } from "zod";
import { callProvider } from "../../cashier/psp/call.ts";
import type { KytAnalyst, KytAnswer, KytQuestion } from "./kyt-analyst.ts";

const networks: Readonly<Record<CryptoAsset, string>> = { BTC: "Bitcoin", ETH: "Ethereum", USDT: "Ethereum" };

const summary = z.looseObject({ externalId: z.string().min(1), updatedAt: z.string().nullish() });
const alerts = z.object({
  alerts: z.array(
    z.looseObject({
      alertLevel: z.enum(alertLevels),
      category: z.string().nullish(),
      service: z.string().nullish(),
      exposureType: z.enum(["DIRECT", "INDIRECT"]),
    }),
  ),
});

export interface AnalystSettings {
  readonly code: string;
  readonly url: string;
  readonly token: string;
}

export function createChainalysis({ code, url, token }: AnalystSettings): KytAnalyst {
  const base = `${url.replace(/\/$/, "")}/api/kyt/v2`;

  async function call(method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
    const reply = await callProvider({
      url: `${base}${path}`,
      method,
      headers: {
        token,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if ("away" in reply) throw new Unanswered(reply.away);
    if (reply.status < 200 || reply.status > 299) throw new Unanswered(`${path} was answered with ${reply.status}.`);
    return reply.body;
  }

  async function askOnce(question: KytQuestion): Promise<KytAnswer> {
    const kind = question.direction === "OUT" ? "withdrawal-attempts" : "transfers";
    const path = `/users/${encodeURIComponent(question.playerId)}/${kind}`;
    const registered = summary.parse(await call("POST", path, bodyOf(question)));
    const at = `/${kind}/${encodeURIComponent(registered.externalId)}`;
    const now = summary.parse(await call("GET", at));
    if (now.updatedAt == null) return { kind: "pending" };
    const told = alerts.parse(await call("GET", `${at}/alerts`));
    return {
      kind: "answered",
      alerts: told.alerts.map(({ alertLevel, category, exposureType, service }) => ({
        level: alertLevel,
        category: category ?? "unknown",
        exposure: exposureType,
        service: service ?? null,
      })),
      raw: { summary: now as JsonObject, alerts: told.alerts as unknown as JsonObject[] },
    };
  }

  return {
    code,
    async ask(question) {
      try {
        return await askOnce(question);
      } catch (error) {
        if (error instanceof Unanswered || error instanceof z.ZodError) {
          return { kind: "unanswered", why: error.message };
        }
        throw error;
      }
    },
  };
}

class Unanswered extends Error {}

function bodyOf({ direction, reference, asset, amount, address, hash, atMs }: KytQuestion): object {
  const common = { network: networks[asset], asset };
  if (direction === "IN") {
    return {
      ...common,
      transferReference: `${hash ?? reference}:${address}`,
      direction: "received",
      transferTimestamp: new Date(atMs).toISOString(),
      assetAmount: Number(amount),
      outputAddress: address,
    };
  }
  return {
    ...common,
    address,
    attemptIdentifier: reference,
    assetAmount: Number(amount),
    attemptTimestamp: new Date(atMs).toISOString(),
    chain: cryptoAssets[asset].chain,
  };
}
