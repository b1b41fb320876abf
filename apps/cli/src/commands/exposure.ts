import type { Command } from "commander";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { table } from "../kernel/printer.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Exposure = Outputs["exposure"]["show"];

export function exposureCommands(program: Command, run: Run): void {
  program
    .command("exposure")
    .description("What the house holds and owes on chains, and whether the difference is to be hedged.")
    .action(
      run(async (world) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.exposure.show.query()), describe);
        return undefined;
      }),
    );
}

function describe({ rows }: Exposure, paint: Paint): string[] {
  return table(
    [
      { title: "asset", text: ({ asset }) => asset },
      { title: "in custody", text: ({ inCustody }) => inCustody, align: "right" },
      { title: "owed", text: ({ owed }) => owed, align: "right" },
      { title: "the house's own", text: ({ position }) => position, align: "right" },
      { title: "worth (EUR)", text: ({ positionEur }) => positionEur ?? "no rate", align: "right" },
      { title: "hedged from", text: ({ hedgeFromEur }) => hedgeFromEur, align: "right" },
      { title: "", text: ({ verdict }) => verdict, paint: ({ verdict }, p) => paintStatus(p, verdict) },
    ],
    rows,
    paint,
  );
}
