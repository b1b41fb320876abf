/** Made-up rows for the component kit, which is no part of a production build. */

export interface SampleBet {
  readonly id: string;
  readonly player: string;
  readonly game: string;
  readonly status: "HELD" | "SETTLED" | "VOIDED" | "CORRECTED";
  readonly outcome: "WIN" | "LOSE" | "PUSH" | null;
  readonly stake: string;
  readonly payout: string;
  readonly currency: string;
  readonly at: string;
}

const games = ["European Roulette", "Five-Reel Slot", "Dice", "Crash", "Lightning Blackjack Deluxe"];
const outcomes = ["WIN", "LOSE", "LOSE", "PUSH", "LOSE"] as const;
const currencies = ["EUR", "EUR", "USD", "JPY", "BTC"];
const decimals: Readonly<Record<string, number>> = { EUR: 2, USD: 2, JPY: 0, BTC: 8 };

export const sampleBets: readonly SampleBet[] = Array.from({ length: 40 }, (_, index) => {
  const currency = currencies[(index * 3) % currencies.length] ?? "EUR";
  const places = decimals[currency] ?? 2;
  const base = ((index * 7919) % 4000) / 100 + 0.5;
  const outcome = index % 9 === 0 ? null : (outcomes[index % outcomes.length] ?? null);
  const stake = currency === "BTC" ? "0.00125000" : (base * (currency === "JPY" ? 100 : 1)).toFixed(places);
  return {
    id: `bet_8c${index.toString(32)}k${((index * 31) % 1024).toString(32)}`,
    player: `p_${(4711 + index * 13).toString(32)}`,
    game: games[index % games.length] ?? "Dice",
    status: outcome === null ? "HELD" : index % 13 === 0 ? "VOIDED" : index % 17 === 0 ? "CORRECTED" : "SETTLED",
    outcome,
    stake,
    payout: outcome === "WIN" ? (Number(stake) * 36).toFixed(places) : outcome === "PUSH" ? stake : (0).toFixed(places),
    currency,
    at: new Date(Date.UTC(2026, 10, 23, 14, 3, 22) - index * 47_000).toISOString(),
  };
});

export const samplePoints = Array.from({ length: 48 }, (_, index) => ({
  x: new Date(Date.UTC(2026, 10, 22, 0, 0) + index * 1_800_000).toISOString(),
  y: Math.round(420 + 260 * Math.sin(index / 6) + 90 * Math.sin(index * 1.7)),
}));
