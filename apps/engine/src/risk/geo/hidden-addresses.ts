/**
 * What the vendor told about addresses, remembered: it is asked once a day about each, by one request however many players
 * wait for it, and not at all for a while after it failed several times in a row, so that a vendor that is away costs a
 * launch no time.
 */
import { isIP } from "node:net";
import type { GeoFacts } from "@pitboss/domain/risk/geo";
import { hasAddress, inner } from "./networks.ts";
import type { GeoVendor } from "./vendor/geo-vendor.ts";

export interface HiddenAddresses {
  /** What was told; null where the vendor has not been asked lately, which it is now, in the background. */
  known(ip: string): GeoFacts["hides"];
  /** UNANSWERED where the vendor does not tell. */
  ask(ip: string): Promise<GeoFacts["hides"]>;
}

/** Addresses change hands, but not by the hour. */
const answerHoldsMs = 24 * 60 * 60_000;
/** No answer is asked for again soon, but not by each of a player's clicks. */
const silenceHoldsMs = 30_000;
const failuresToRest = 5;
const restMs = 15_000;
const rememberMost = 100_000;

interface Remembered {
  readonly hides: GeoFacts["hides"];
  readonly untilMs: number;
}

export function createHiddenAddresses(vendor: GeoVendor | undefined, now: () => number): HiddenAddresses {
  const remembered = new Map<string, Remembered>();
  const asking = new Map<string, Promise<GeoFacts["hides"]>>();
  let failures = 0;
  let restUntilMs = 0;

  function remember(ip: string, hides: GeoFacts["hides"], holdsMs: number): GeoFacts["hides"] {
    // The oldest goes: a map keeps the order in which things came.
    const oldest = remembered.size >= rememberMost ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.delete(ip);
    remembered.set(ip, { hides, untilMs: now() + holdsMs });
    return hides;
  }

  async function lookUp(ip: string, from: GeoVendor): Promise<GeoFacts["hides"]> {
    if (now() < restUntilMs) return "UNANSWERED";
    const answer = await from.lookUp(ip);
    if (answer.kind === "answered") {
      failures = 0;
      return remember(ip, answer.hides, answerHoldsMs);
    }
    failures += 1;
    if (failures >= failuresToRest) restUntilMs = now() + restMs;
    return remember(ip, "UNANSWERED", silenceHoldsMs);
  }

  function recall(ip: string): GeoFacts["hides"] {
    const found = remembered.get(ip);
    return found !== undefined && now() < found.untilMs ? found.hides : null;
  }

  async function ask(ip: string): Promise<GeoFacts["hides"]> {
    if (vendor === undefined || isIP(ip) === 0 || hasAddress(inner, ip)) return null;
    const told = recall(ip);
    if (told !== null) return told;
    const underWay = asking.get(ip);
    if (underWay !== undefined) return underWay;
    const asked = lookUp(ip, vendor).finally(() => asking.delete(ip));
    asking.set(ip, asked);
    return asked;
  }

  return {
    known(ip) {
      const told = recall(ip);
      if (told === null && vendor !== undefined) void ask(ip);
      return told;
    },
    ask,
  };
}
