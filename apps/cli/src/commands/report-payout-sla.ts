import { type SlaDimension, slaDimensions } from "@pitboss/domain/reporting/payout-sla";
import { type Command, Option } from "commander";
import { type Column, table } from "../kernel/printer.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Sla = Outputs["report"]["payoutSla"];
type Row = Sla["rows"][number];

interface SlaOptions {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly by: SlaDimension;
  readonly psp?: string;
  readonly method?: string;
}

export function payoutSlaCommand(report: Command, run: Run): void {
  report
    .command("payout-sla")
    .description("How long payouts take from request to paid, and which are later than the house promises.")
    .requiredOption("--from <day>", "the first day on which payouts were requested, as in 2026-11-01")
    .requiredOption("--to <day>", "the last day, included")
    .option("--zone <name>", "whose days these are, as in Europe/Malta", "UTC")
    .addOption(new Option("--by <dimension>", "a line for each").choices(slaDimensions).default("method"))
    .option("--psp <name>", "paid by this provider")
    .option("--method <name>", "paid by this method")
    .action(
      run(async (world, { psp, method, ...asked }: SlaOptions) => {
        const found = await connect(world).call((api) =>
          api.report.payoutSla.query({
            ...asked,
            psps: psp === undefined ? null : [psp],
            methods: method === undefined ? null : [method],
          }),
        );
        world.out.show(found, (value, paint) =>
          value.rows.length === 0
            ? ["No payout was requested in this time."]
            : [...table(columnsOf(asked.by), [...value.rows, { ...value.total, key: "total" }], paint)],
        );
        const { behind } = found.freshness;
        if (behind !== "0") world.talk.say(`${behind} batches of events are not in it yet.`);
        return undefined;
      }),
    );
}

function columnsOf(by: SlaDimension): Column<Row>[] {
  const right = (title: string, text: (row: Row) => string | null): Column<Row> => ({ title, text, align: "right" });
  return [
    { title: by, text: ({ key }) => key },
    right("requested", ({ requested }) => requested),
    right("paid", ({ paid }) => paid),
    right("open", ({ open }) => open),
    right("p50", ({ total }) => durationOf(total.p50)),
    right("p95", ({ total }) => durationOf(total.p95)),
    right("decision p95", ({ stages }) => durationOf(stages.decision.p95)),
    right("sending p95", ({ stages }) => durationOf(stages.sending.p95)),
    right("paying p95", ({ stages }) => durationOf(stages.paying.p95)),
    {
      ...right("late", ({ total }) => total.late),
      paint: ({ total }, paint) => (total.late === "0" ? paint.dim : paint.red),
    },
    right("kept", ({ kept }) => (kept === null ? null : `${(Number(kept) * 100).toFixed(1)} %`)),
  ];
}

/** Two units at most: `2d 3h`, `4h 10m`, `12s`. */
function durationOf(seconds: number | null): string | null {
  if (seconds === null) return null;
  const whole = Math.round(seconds);
  if (whole < 60) return `${seconds < 10 ? seconds.toFixed(1) : whole}s`;
  const [minutes, hours, days] = [Math.floor(whole / 60), Math.floor(whole / 3_600), Math.floor(whole / 86_400)];
  if (hours === 0) return `${minutes}m ${whole % 60}s`;
  return days === 0 ? `${hours}h ${minutes % 60}m` : `${days}d ${hours % 24}h`;
}
