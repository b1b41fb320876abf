import type { Command } from "commander";
import { type Column, table } from "../kernel/printer.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Policy = Outputs["round"]["stalePolicies"][number];

const columns: readonly Column<Policy>[] = [
  { title: "provider", text: ({ providerCode }) => providerCode },
  { title: "stale after (min)", text: ({ staleAfterMinutes }) => staleAfterMinutes, align: "right" },
  { title: "by itself", text: ({ autoVoid }) => (autoVoid ? "yes" : "no") },
  { title: "most bets", text: ({ mostBets }) => mostBets, align: "right" },
  { title: "most money", text: ({ mostAmounts }) => sayAmounts(mostAmounts) },
  { title: "last run (UTC)", text: ({ lastRunAt }) => lastRunAt },
  { title: "last found", text: ({ lastFound }) => (lastFound === null ? null : sayRun(lastFound)) },
];

export function staleRoundCommands(round: Command, run: Run): void {
  round
    .command("stale-policies")
    .description("How far the house voids each provider's stale bets by itself, and what its last run did.")
    .action(
      run(async (world) => {
        const engine = connect(world);
        const policies = await engine.call((api) => api.round.stalePolicies.query());
        world.out.show(policies, (rows, paint) => table(columns, rows, paint));
        return undefined;
      }),
    );
}

function sayAmounts(amounts: Policy["mostAmounts"]): string {
  return Object.entries(amounts)
    .map(([currency, amount]) => `${amount} ${currency}`)
    .join(", ");
}

function sayRun({ startedAt, found, stop, over, voided }: NonNullable<Policy["lastFound"]>): string {
  return stop === null
    ? `${startedAt}: ${voided} of ${found} voided`
    : `${startedAt}: left to people, ${stop}${over === null || over === "" ? "" : ` (${over})`}`;
}
