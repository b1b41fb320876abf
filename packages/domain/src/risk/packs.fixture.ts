/** A jurisdiction that asks for nothing, to which a test adds what it is about. */
import type { Gate } from "./gate-state.ts";
import { createPacks, type PackRules, type StoredPack } from "./jurisdiction-pack.ts";
import { createProfiles, type ProfileVersion } from "./limit-profile.ts";

const plainRules: PackRules = {
  zone: "Europe/Malta",
  window: "ROLLING",
  kyc: { play: 0, deposit: 0, caps: [] },
  limits: [],
  increaseHours: 24,
  confirmHours: 72,
  stakes: [],
  speed: [],
  breaks: null,
  realityCheckMinutes: null,
  sessionGapMinutes: 30,
  geo: { elsewhere: "ALLOW", blocked: [], proxies: "ALLOW" },
  bannedProviders: [],
  exclusion: {
    minDays: 180,
    coolDefiniteHours: 24,
    coolIndefiniteHours: 168,
    timeOutMinHours: 24,
    timeOutMaxDays: 30,
    panicHours: 24,
  },
};

export function packOf(rules: Partial<PackRules>, more: Partial<Omit<StoredPack, "rules">> = {}): StoredPack {
  const base = { code: "DEFAULT", version: 1, countries: [], effectiveFromMs: 0 };
  return { ...base, ...more, rules: { ...plainRules, ...rules } };
}

export function gateOf(packs: readonly StoredPack[], profiles: readonly ProfileVersion[] = []): Gate {
  return { packs: createPacks(packs), profiles: createProfiles(profiles), states: new Map() };
}
