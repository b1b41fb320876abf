/**
 * What the past of an address on a chain means for money that comes from it or goes to it. Lists of sanctions come first:
 * an address that stands on one is blocked whatever else is known. Beyond that an analyst's alerts decide, by how grave
 * they are and by whether the money touched what they name itself (direct) or only something that had (indirect).
 */
export type KytDecision = "CLEAR" | "REVIEW" | "BLOCK";

export const alertLevels = ["LOW", "MEDIUM", "HIGH", "SEVERE"] as const;
export type AlertLevel = (typeof alertLevels)[number];

export interface ChainAlert {
  readonly level: AlertLevel;
  /** The analyst's word for what was touched, as `sanctions`, `mixing`, `gambling`. */
  readonly category: string;
  readonly exposure: "DIRECT" | "INDIRECT";
  /** Who it is, where that is known. */
  readonly service: string | null;
}

export interface ListedAddress {
  readonly address: string;
  /** The list and the entry on it. */
  readonly source: string;
  readonly ref: string;
  readonly name: string;
}

export interface KytFinding {
  readonly decision: KytDecision;
  /** 0 to 100. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Points by level; indirect exposure counts half. */
const points: Readonly<Record<AlertLevel, number>> = { LOW: 10, MEDIUM: 35, HIGH: 65, SEVERE: 100 };
const reviewFrom = 30;
/** What the law does not let through, however far away it is counted by others. */
const neverCategories = new Set(["sanctions", "sanctioned entity", "child abuse material", "terrorist financing"]);

export const kytRuleVersion = 1;

export function decideKyt({
  listed,
  alerts,
}: {
  readonly listed: readonly ListedAddress[];
  readonly alerts: readonly ChainAlert[];
}): KytFinding {
  if (listed.length > 0) {
    return {
      decision: "BLOCK",
      score: 100,
      reasons: listed.map(({ source, ref, name, address }) => `${address} stands on ${source} as ${name} (${ref}).`),
    };
  }
  const reasons = alerts.map(
    ({ level, category, exposure, service }) =>
      `${level.toLowerCase()}: ${exposure === "DIRECT" ? "direct" : "indirect"} exposure to ${category}${
        service === null ? "" : ` (${service})`
      }`,
  );
  const score = alerts.reduce((most, { level, exposure }) => {
    const weight = exposure === "DIRECT" ? points[level] : Math.ceil(points[level] / 2);
    return Math.max(most, weight);
  }, 0);
  const never = alerts.some(
    ({ category, exposure, level }) =>
      neverCategories.has(category.toLowerCase()) && (exposure === "DIRECT" || level === "SEVERE"),
  );
  const blocked = never || alerts.some(({ level, exposure }) => level === "SEVERE" && exposure === "DIRECT");
  const decision = blocked ? "BLOCK" : score >= reviewFrom ? "REVIEW" : "CLEAR";
  return { decision, score: blocked ? 100 : score, reasons };
}
