/** A statement as a table with the operator's head: what the affiliate gets on paper or as a file. */
import { findStatement } from "@pitboss/db/reporting/affiliate-statement-store";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { ReportTable } from "../exports/figure-table.ts";

export const statementFilter = z.strictObject({
  statementId: z.string().refine((text) => parseId("affiliateStatement", text) !== undefined, "a statement's id"),
});

/** The parts of a statement's body that are printed; `statement.ts` in the domain says what each is. */
const printed = z.object({
  figures: z.record(z.string(), z.union([z.string(), z.number()])),
  share: z
    .object({
      carriedIn: z.string(),
      base: z.string(),
      tiers: z.array(z.object({ from: z.string(), rate: z.string(), of: z.string() })),
      commission: z.string(),
      carriedOut: z.string(),
    })
    .nullable(),
  cpa: z.object({
    commission: z.string(),
    players: z.array(
      z.object({ playerId: z.string(), firstDeposit: z.string(), qualifiedOn: z.string(), amount: z.string() }),
    ),
  }),
  monthlyFee: z.string(),
  total: z.string(),
});

const figureTitles: readonly (readonly [string, string])[] = [
  ["players", "Players"],
  ["newPlayers", "New players"],
  ["activePlayers", "Players with a settled bet"],
  ["firstDeposits", "First deposits"],
  ["deposits", "Deposits"],
  ["turnover", "Settled stakes"],
  ["ggr", "Gross revenue"],
  ["bonusCost", "Bonus cost"],
  ["jackpots", "Jackpot contributions"],
  ["chargebacks", "Chargebacks"],
  ["paymentFees", "Payment fees"],
  ["providerFees", "Provider fees"],
  ["tax", "Gaming tax"],
  ["adminFee", "Kept for fees and taxes"],
  ["ngr", "Net revenue"],
];

type Line = readonly [part: string, line: string, value: string];

export async function makeStatementTable(
  { db, settings, clock }: Pick<StaffDeps, "db" | "settings" | "clock">,
  filter: z.infer<typeof statementFilter>,
): Promise<ReportTable> {
  const id = parseId("affiliateStatement", filter.statementId);
  const found = id === undefined ? undefined : await findStatement(db, id);
  if (found === undefined) throwFailure({ code: "STATEMENT_NOT_FOUND" });
  const { currency } = found;
  const body = printed.parse(found.body);
  const { share, cpa } = body;
  const rows: Line[] = [
    ...figureTitles.flatMap(([name, title]): Line[] => {
      const value = body.figures[name];
      return value === undefined ? [] : [["Figures", title, String(value)]];
    }),
    ...(share === null
      ? []
      : [
          ["Share", "Carried over from before", share.carriedIn] as const,
          ["Share", "Taken of", share.base] as const,
          ...share.tiers.map(({ from, rate, of }): Line => ["Share", `${rate} from ${from} on`, of]),
          ["Share", "Commission", share.commission] as const,
          ["Share", "Carried over to the next month", share.carriedOut] as const,
        ]),
    ...cpa.players.map(
      ({ playerId, firstDeposit, qualifiedOn, amount }): Line => [
        "CPA",
        `${playerId}, first deposit ${firstDeposit}, qualified ${qualifiedOn}`,
        amount,
      ],
    ),
    ["CPA", "Commission", cpa.commission],
    ["Fee", "Of the month", body.monthlyFee],
    ["Sum", "Total of the month", body.total],
  ];
  return {
    title: `Statement of ${found.affiliate} for ${found.month}`,
    head: [
      ["Operator", settings.operator],
      ["Affiliate", `${found.affiliate} (${formatId("affiliate", found.affiliateId)})`],
      ["Statement", `${filter.statementId}, version ${found.version}, ${found.state}`],
      ["Month", `${found.month}, days of UTC`],
      ["SHA-256", found.hash],
      ["Made", `${new Date(clock.now()).toISOString()} (UTC), of figures from ${found.madeAt.toISOString()}`],
    ],
    columns: [
      { title: "Part", kind: "text" },
      { title: "Line", kind: "text" },
      { title: "Currency", kind: "text" },
      { title: "Value", kind: "money" },
    ],
    rows: rows.map(([part, line, value]) => [part, line, value.includes(".") ? currency : "", value]),
    totals: [["Due", "Total less what was approved before", currency, formatMinor(found.due, currency)]],
  };
}
