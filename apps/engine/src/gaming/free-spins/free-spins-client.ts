/** What the house says to a provider about free spins, in its dialect. Whatever is not a proper answer in time is none. */
import type { FreeSpinsRecord } from "@pitboss/db/gaming/free-spin-store";
import type { FreeSpinsReport } from "@pitboss/domain/gaming/free-spins/free-spins-words";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { FreeSpinsCall } from "../dialects/kit/free-spins-wire.ts";
import type { Integration } from "../dialects/kit/integrations.ts";

type Partner = Pick<Integration, "dialect" | "policy" | "credentials">;
const mostBytes = 65_536;

export async function callAboutFreeSpins(
  { dialect, policy, credentials }: Partner,
  nowMs: number,
  what: FreeSpinsCall["do"],
  issue: FreeSpinsRecord,
): Promise<FreeSpinsReport> {
  const { freeSpins: wire } = dialect;
  const settings = policy.freeSpins;
  // The newest comes first; while a secret is being changed the provider knows both.
  const secret = credentials.find(({ kind, validUntilMs }) => kind === "SECRET" && validUntilMs > nowMs)?.secret;
  if (wire === undefined || settings === null || secret === undefined) {
    return { kind: "UNANSWERED", why: "The provider takes no free spins, or there is no secret to sign with." };
  }
  const call = callOf(what, issue, settings.casinoId);
  const { path, body, headers } = wire.write(call, secret);
  try {
    const response = await fetch(`${settings.url.replace(/\/$/, "")}/${path}`, {
      method: "POST",
      headers,
      body,
      // Nobody else is to be asked than who the policy names.
      redirect: "error",
      signal: AbortSignal.timeout(settings.answerWithinMs),
    });
    const text = await response.text();
    if (text.length > mostBytes) return { kind: "UNANSWERED", why: "Its answer is too long." };
    return wire.read(call, { status: response.status, text });
  } catch (error) {
    return { kind: "UNANSWERED", why: error instanceof Error ? error.message : String(error) };
  }
}

function callOf(what: FreeSpinsCall["do"], issue: FreeSpinsRecord, casinoId: string): FreeSpinsCall {
  const issueId = formatId("freeSpins", issue.id);
  if (what !== "issue") return { do: what, order: { issueId, casinoId } };
  const { currency, games, spins, betLevel, validUntil, playerId, nickname, country, playerSince } = issue;
  const player = { id: formatId("player", playerId), nickname, country, since: playerSince };
  return { do: "issue", order: { issueId, casinoId, currency, games, spins, betLevel, validUntil, player } };
}
