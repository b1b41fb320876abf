/**
 * That reconciliation tells the truth about a day: the right file has no break; of a file with faults every one is found, in
 * its round and by its name, and nothing else is; and the right file clears them again.
 */
import type { RoundBreakType } from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import { planRound } from "../../demo/play/provider-day.ts";
import type { ProviderDay } from "./play-day.ts";

/** What came of comparing a file, however it was handed in. */
export interface Compared {
  readonly state: string;
  readonly matched: number;
  readonly open: number;
  readonly cleared: number;
  /** `ROUND_AMOUNT_DIFFERS <round>` of every break that is open, in any order. */
  readonly breaks: readonly string[];
}

export interface Finding {
  readonly step: string;
  readonly expected: unknown;
  readonly got: unknown;
}

export interface SpoiledFile {
  readonly lines: readonly string[];
  /** As `Compared.breaks`, sorted. */
  readonly breaks: readonly string[];
}

type Plan = Pick<ProviderDay, "seed" | "disorderPercent" | "rounds">;

/** What is not as it should be; empty where the day is proven. */
export async function proveDay(
  plan: Plan,
  lines: readonly string[],
  faults: number,
  compare: (lines: readonly string[]) => Promise<Compared>,
): Promise<Finding[]> {
  const spoiled = spoilFile(plan, lines, faults);
  const clean = { state: "CLEAN", matched: plan.rounds, open: 0, breaks: [] };
  const steps = [
    { step: "the right file", file: lines, expected: { ...clean, cleared: 0 } },
    {
      step: `a file with ${faults} faults`,
      file: spoiled.lines,
      expected: { state: "BREAKS", open: faults, cleared: 0, breaks: spoiled.breaks },
    },
    { step: "the right file again", file: lines, expected: { ...clean, cleared: faults } },
  ];
  const findings: Finding[] = [];
  for (const { step, file, expected } of steps) {
    const compared = await compare(file);
    const whole: Record<string, unknown> = { ...compared, breaks: [...compared.breaks].sort() };
    const got = Object.fromEntries(Object.keys(expected).map((name) => [name, whole[name]]));
    if (JSON.stringify(got) !== JSON.stringify({ ...got, ...expected })) findings.push({ step, expected, got });
  }
  return findings;
}

/** Faults of four kinds in turn, each in a round of its own that was settled. */
export function spoilFile(plan: Plan, lines: readonly string[], faults: number): SpoiledFile {
  const faulty = new Map<number, number>();
  for (let index = 0; index < plan.rounds && faulty.size < faults; index += 1) {
    if (planRound(plan, index).status === "CLOSED") faulty.set(index + 1, faulty.size);
  }
  if (faulty.size < faults) throw new Error(`a day of ${plan.rounds} rounds has no room for ${faults} faults`);
  const breaks: string[] = [];
  const spoiled = lines.flatMap((line, at) => {
    const number = faulty.get(at);
    if (number === undefined) return [line];
    const fault = spoilLine(line, number);
    breaks.push(`${fault.type} ${fault.round}`);
    return fault.lines;
  });
  return { lines: spoiled, breaks: breaks.sort() };
}

interface Fault {
  readonly type: RoundBreakType;
  readonly round: string;
  readonly lines: readonly string[];
}

function spoilLine(line: string, number: number): Fault {
  const [round = "", player, bets = "", wins = "", ...rest] = line.split(",");
  switch (number % 4) {
    case 0:
      return { type: "ROUND_DUPLICATED", round, lines: [line, line] };
    case 1:
      return { type: "ROUND_AMOUNT_DIFFERS", round, lines: [[round, player, bets, `1${wins}`, ...rest].join(",")] };
    case 2:
      return {
        type: "ROUND_STATUS_DIFFERS",
        round,
        lines: [[round, player, bets, wins, "EUR", "cancelled"].join(",")],
      };
    default: {
      const unknown = `${round}x`;
      const added = [unknown, player, bets, wins, ...rest].join(",");
      return { type: "ROUND_MISSING_HERE", round: unknown, lines: [line, added] };
    }
  }
}
