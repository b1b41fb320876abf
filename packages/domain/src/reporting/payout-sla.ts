/** What the times of payouts can be asked, and the words of the answer. */
import { z } from "zod";
import { reportFilters, reportPeriod } from "./report-contract.ts";

export const slaDimensions = ["day", "week", "month", "method", "psp", "currency", "country"] as const;
export type SlaDimension = (typeof slaDimensions)[number];

/**
 * The stages of a payout, in their order; they follow each other without a gap, so that they add up to the whole. Where a
 * payout is approved or sent more than once, the first time ends a stage: what follows belongs to the next one.
 */
export const slaStages = ["decision", "sending", "paying"] as const;
export type SlaStage = (typeof slaStages)[number];

const words = z.array(z.string().min(1).max(40)).max(50);

export const slaInput = z.object({
  /** Days on which payouts were requested: those that still wait are then in it as well. */
  ...reportPeriod,
  currencies: reportFilters.currencies,
  countries: reportFilters.countries,
  methods: words.nullish(),
  psps: words.nullish(),
  by: z.enum(slaDimensions).default("method"),
});
export type SlaInput = z.infer<typeof slaInput>;
