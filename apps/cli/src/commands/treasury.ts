import type { Command } from "commander";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { type Column, table } from "../kernel/printer.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Treasury = Outputs["treasury"]["show"];
type Place = Treasury["places"][number];
type Sum = Treasury["currencies"][number];

const sums: readonly Column<Sum>[] = [
  { title: "currency", text: ({ currency }) => currency },
  { title: "held", text: ({ held }) => held, align: "right" },
  { title: "owed to players", text: ({ owed }) => owed, align: "right" },
  { title: "the house's own", text: ({ own }) => own, align: "right" },
  { title: "covered %", text: ({ coverage }) => coverage ?? "–", align: "right" },
  { title: "", text: ({ verdict }) => verdict, paint: ({ verdict }, paint) => paintStatus(paint, verdict) },
];

const places: readonly Column<Place>[] = [
  { title: "where", text: ({ kind }) => kind.toLowerCase().replaceAll("_", " ") },
  { title: "who", text: ({ place }) => place },
  { title: "currency", text: ({ currency }) => currency },
  { title: "by the ledger", text: ({ ledger }) => ledger, align: "right" },
  { title: "as told", text: ({ told }) => told, align: "right" },
  { title: "difference", text: ({ difference }) => difference, align: "right" },
  { title: "told at (UTC)", text: ({ toldAt }) => toldAt },
  { title: "", text: ({ verdict }) => verdict, paint: ({ verdict }, paint) => paintStatus(paint, verdict) },
];

export function treasuryCommands(program: Command, run: Run): void {
  program
    .command("treasury")
    .description("Where the house's money lies, by the ledger and as others say, and what it owes of it to players.")
    .action(
      run(async (world) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.treasury.show.query()), describe);
        return undefined;
      }),
    );
}

function describe(treasury: Treasury, paint: Paint): string[] {
  if (treasury.currencies.length === 0) return ["The house has no money anywhere, and owes none."];
  return [...table(sums, treasury.currencies, paint), "", ...table(places, treasury.places, paint)];
}
