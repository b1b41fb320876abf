/**
 * SOFTSWISS's free spins, outward: `freespins/issue` and `freespins/cancel`, signed as the wallet's calls are, answered by
 * 200 with nothing or by a number. `freespins/status` is there with the providers that their policy says so of.
 */
import { createHmac } from "node:crypto";
import {
  type FreeSpinsRefusal,
  type FreeSpinsReport,
  issueStatuses,
} from "@pitboss/domain/gaming/free-spins/free-spins-words";
import { z } from "zod";
import type { FreeSpinsCall, FreeSpinsOrder, FreeSpinsWire } from "../kit/free-spins-wire.ts";

/**
 * Its numbers in the house's words. 604 is in no document that providers have published; it is refused in their own words,
 * as is every number that comes later. 5xx is no answer: whatever they say, nobody knows what was done.
 */
const reasons: Readonly<Record<number, FreeSpinsRefusal>> = {
  101: "PLAYER_INVALID",
  105: "PLAYER_LIMIT",
  106: "PLAYER_LIMIT",
  107: "GAME_NOT_AVAILABLE",
  110: "PLAYER_DISABLED",
  153: "COUNTRY_CLOSED",
  154: "CURRENCY_NOT_TAKEN",
  155: "REQUEST_NOT_TAKEN",
  400: "REQUEST_NOT_TAKEN",
  403: "SIGNATURE_NOT_TAKEN",
  405: "GAME_NOT_AVAILABLE",
  600: "NOT_SUPPORTED",
  601: "GAME_WITHOUT_FREE_SPINS",
  602: "NO_GAMES",
  603: "EXPIRY_INVALID",
  604: "OTHER",
  605: "STATE_CONFLICT",
  606: "NOT_SYNCED",
  607: "GAMES_OF_SEVERAL_STUDIOS",
  610: "ISSUE_INVALID",
  611: "EXPIRED",
  620: "NOT_CANCELLABLE",
};

const refusal = z.object({ code: z.coerce.number().int(), message: z.string().max(2_000).nullish() });
const standing = z.object({ issue_id: z.string(), status: z.enum(issueStatuses) });

export const softswissFreeSpins: FreeSpinsWire = {
  write(call, secret) {
    const body = JSON.stringify(bodyOf(call));
    const sign = createHmac("sha256", secret).update(body).digest("hex");
    const headers = { "content-type": "application/json", "x-request-sign": sign };
    return { path: `freespins/${call.do === "ask" ? "status" : call.do}`, body, headers };
  },
  read(call, { status, text }) {
    if (status >= 500) return { kind: "UNANSWERED", why: `It answered with HTTP status ${status}.` };
    const body = parse(text);
    const refused = refusal.safeParse(body);
    if (refused.success) return refusedBy(refused.data.code, refused.data.message ?? "");
    if (status === 404) return { kind: "UNANSWERED", why: "There is nothing at its address." };
    if (status !== 200 && status !== 201) return { kind: "UNANSWERED", why: `It answered with HTTP status ${status}.` };
    if (call.do !== "ask") return { kind: "DONE" };
    const stands = standing.safeParse(body);
    if (!stands.success) return { kind: "UNANSWERED", why: "Its answer has not the form of one." };
    if (stands.data.issue_id !== call.order.issueId) {
      return { kind: "UNANSWERED", why: "Its answer is about another issue." };
    }
    return { kind: "STANDS", status: stands.data.status };
  },
};

function refusedBy(code: number, said: string): FreeSpinsReport {
  if (code === 404) return { kind: "NOT_FOUND" };
  if (code >= 500 && code < 600) return { kind: "UNANSWERED", why: `It answered with ${code}: ${said}` };
  return { kind: "REFUSED", reason: reasons[code] ?? "OTHER", code: String(code), message: said.slice(0, 400) };
}

function bodyOf(call: FreeSpinsCall): object {
  if (call.do === "issue") return issueBody(call.order);
  return { casino_id: call.order.casinoId, issue_id: call.order.issueId };
}

/** Of the player only what the provider shows in the game, and what it must know to hold to a country's rules. */
function issueBody({
  issueId,
  casinoId,
  currency,
  games,
  spins,
  betLevel,
  validUntil,
  player,
}: FreeSpinsOrder): object {
  return {
    casino_id: casinoId,
    issue_id: issueId,
    currency,
    games,
    freespins_quantity: spins,
    ...(betLevel === null ? {} : { bet_level: betLevel }),
    valid_until: validUntil.toISOString().replace(/\.\d{3}Z$/, "Z"),
    user: {
      id: player.id,
      nickname: player.nickname,
      country: player.country,
      registered_at: player.since.toISOString().slice(0, 10),
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
