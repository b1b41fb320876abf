import type { Command } from "commander";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["psp"]["list"][number];
type Detail = Outputs["psp"]["show"];
type Calls = Detail["minutes"][number];

const callColumns: readonly Column<Calls | Row>[] = [
  { title: "calls", text: ({ calls }) => calls, align: "right" },
  { title: "answered", text: ({ answered }) => answered, align: "right" },
  { title: "refused", text: ({ refused }) => refused, align: "right" },
  { title: "no answer", text: ({ unanswered }) => unanswered, align: "right" },
  { title: "not reached", text: ({ unsent }) => unsent, align: "right" },
  { title: "p50 ms", text: ({ p50Ms }) => p50Ms, align: "right" },
  { title: "p95 ms", text: ({ p95Ms }) => p95Ms, align: "right" },
];

export function pspCommands(program: Command, run: Run): void {
  const psp = program.command("psp").description("Payment providers: how they answer, and whether they get payments.");
  psp
    .command("list")
    .description("All providers, with how their calls ended in the last 15 minutes.")
    .action(
      run(async (world) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.psp.list.query()), (rows, paint) =>
          table<Row>(
            [
              { title: "provider", text: ({ psp: code }) => code },
              { title: "payments", text: stateOf, paint: (row, p) => paintStatus(p, stateOf(row)) },
              ...callColumns,
            ],
            rows,
            paint,
          ),
        );
        return undefined;
      }),
    );
  psp
    .command("show")
    .description("A provider over the last six hours: its calls by minute, and every move of its breaker.")
    .argument("<provider>", "which, as in stripe")
    .action(
      run(async (world, code: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.psp.show.query({ psp: code })), describe);
        return undefined;
      }),
    );
  addWriteOptions(
    psp
      .command("pause")
      .description("Give providers no new payments. What is under way goes on and is followed to its end.")
      .argument("<provider...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.pspPause.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.pspPause.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  addWriteOptions(
    psp
      .command("resume")
      .description("Give paused providers new payments again.")
      .argument("<provider...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.pspResume.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.pspResume.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}

function stateOf({ paused, breaker }: Row): string {
  if (paused) return "PAUSED";
  return breaker === "CLOSED" ? "OPEN" : breaker === "OPEN" ? "HELD BACK" : "TRYING";
}

function describe(psp: Detail, paint: Paint): string[] {
  const state = stateOf(psp);
  return [
    `${paint.bold(plain(psp.name))}  ${paintStatus(paint, state)(state)}`,
    ...fields(
      [
        ["Code", psp.psp],
        ["Breaker", psp.breaker],
        ["Last said", psp.control === null ? null : `${psp.control.paused ? "paused" : "resumed"} ${psp.control.at}`],
        ["Because", psp.control?.reason],
        ["By", psp.control?.by],
      ],
      paint,
    ),
    "",
    ...table<Calls>([{ title: "minute (UTC)", text: ({ minute }) => minute }, ...callColumns], psp.minutes, paint),
    "",
    ...table(
      [
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "breaker", text: ({ from, to }) => `${from} → ${to}` },
        { title: "engine", text: ({ engine }) => engine },
        { title: "because", text: ({ why }) => why },
      ],
      psp.breakerSteps,
      paint,
    ),
  ];
}
