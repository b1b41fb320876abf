import { readFile } from "node:fs/promises";
import { type ResolutionMethod, resolutionMethods } from "@pitboss/domain/ops/breaks/break-types";
import { type Command, Option } from "commander";
import { type ExitCode, exitCodes } from "../kernel/exit-codes.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import { addWriteOptions, runWrite, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Inputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { describeRun } from "./reconcile-run-text.ts";

type GivenFile = Inputs["settlement"]["plan"]["file"];

export function reconcileWrites(reconcile: Command, run: Run): void {
  runCommands(reconcile, run);
  importCommands(reconcile, run);
  breakCommands(reconcile, run);
}

function runCommands(reconcile: Command, run: Run): void {
  addWriteOptions(
    reconcile
      .command("run")
      .description(
        "Compare everything up to the end of a day, and keep what differs as breaks. The plan shows what would be found. Ends with 6 where breaks are open.",
      )
      .option("--day <date>", "the business day, UTC, as in 2026-11-27; yesterday without it"),
  ).action(
    run(async (world, options: WriteOptions & { readonly day?: string }) => {
      const engine = connect(world);
      const day = options.day ?? new Date(world.now() - 86_400_000).toISOString().slice(0, 10);
      if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) stop("USAGE", { detail: "--day is a date as in 2026-11-27." });
      let open = 0;
      const code = await runWrite(world, options, {
        context: engine.context,
        together: true,
        show: async () => {
          const plan = await engine.call((api) => api.recon.planCashier.mutate({ day }));
          open = plan.breaks;
          return plan;
        },
        apply: async ({ hash: plan }, items, reason) => {
          const done = await engine.call((api) => api.recon.runCashier.mutate({ day, pull: false, plan, reason }));
          open = done.open;
          world.talk.lines(describeRun(done, world.talk.paint));
          const { runId, state, matched, found, reopened, cleared } = done;
          const result = { runId, state, matched, found, reopened, cleared, open };
          return items.map(({ id }) => ({ id, done: true, result }));
        },
      });
      return code === exitCodes.ok && open > 0 ? exitCodes.drift : code;
    }),
  );
  reconcile
    .command("pull")
    .description("Ask every payment provider for new settlement reports now, and post what they say.")
    .requiredOption("-r, --reason <text>", "why: it stands in the audit log")
    .action(
      run(async (world, { reason }: { readonly reason: string }) => {
        const engine = connect(world);
        const done = await engine.call((api) => api.settlement.pull.mutate({ reason }));
        world.out.show(done, ({ files }) => [files === 0 ? "Nothing new." : `${files} files brought something new.`]);
        return undefined;
      }),
    );
}

function importCommands(reconcile: Command, run: Run): void {
  addWriteOptions(
    reconcile
      .command("import")
      .description("Take in a provider's settlement report, in the provider's own format.")
      .argument("<provider>", "its code, as in stripe")
      .requiredOption("--file <path>", "the report"),
  ).action(
    run(async (world, psp: string, options: WriteOptions & { readonly file: string }) =>
      bring(world, options, { kind: "report", psp, text: await readText(options.file) }),
    ),
  );
  addWriteOptions(
    reconcile
      .command("statement")
      .description("Take in a bank's statement: ISO 20022 camt.053.")
      .requiredOption("--file <path>", "the statement"),
  ).action(
    run(async (world, options: WriteOptions & { readonly file: string }) =>
      bring(world, options, { kind: "statement", text: await readText(options.file) }),
    ),
  );
}

function bring(world: World, options: WriteOptions, file: GivenFile): Promise<ExitCode> {
  const engine = connect(world);
  return runWrite(world, options, {
    context: engine.context,
    together: true,
    show: () => engine.call((api) => api.settlement.plan.mutate({ file })),
    apply: async ({ hash: plan }, items, reason) => {
      const done = await engine.call((api) => api.settlement.import.mutate({ file, plan, reason }));
      return items.map(({ id }, index) => {
        const { reference = "", fresh = false } = done[index] ?? {};
        return { id, done: true, result: { reference, fresh } };
      });
    },
  });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return stop("USAGE", { detail: `The file ${path} can't be read.` });
  }
}

interface ResolveOptions extends WriteOptions {
  readonly method: ResolutionMethod;
  readonly fee?: true;
  readonly match?: string[];
}

function breakCommands(reconcile: Command, run: Run): void {
  addWriteOptions(
    reconcile
      .command("resolve")
      .description(
        "Propose how breaks are ended; somebody else approves it (pitboss approval approve). The plan names exactly what is posted.",
      )
      .argument("<breakId...>", "which; - reads them from stdin")
      .addOption(
        new Option("--method <method>", "POST moves the difference, MATCH says that two records are the same")
          .choices(resolutionMethods)
          .makeOptionMandatory(),
      )
      .option("--fee", "with POST: it is a fee of the provider or the bank")
      .option("--match <record...>", "with MATCH: the record of the other side, as in srp_1/4, bst_1/2, tx_9 or srp_1"),
  ).action(
    run(async (world, given: string[], options: ResolveOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const { method, fee, match: matches = [] } = options;
      const params = { method, booking: fee === true ? ("FEE" as const) : ("CORRECTION" as const), matches };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.breakResolve.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.breakResolve.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  reconcile
    .command("take")
    .description("Take breaks on: they are yours until you give them back.")
    .argument("<breakId...>", "which; - reads them from stdin")
    .action(
      run(async (world, given: string[]) => {
        const engine = connect(world);
        for (const breakId of await readTargets(world, given)) {
          const done = await engine.call((api) => api.recon.assign.mutate({ breakId }));
          world.out.row(done, ({ state, owner }) => [`${breakId} is ${state}, ${owner?.name ?? "nobody"}'s.`]);
        }
        return undefined;
      }),
    );
  reconcile
    .command("note")
    .description("Write a note on a break.")
    .argument("<breakId>", "which, as in brk_3")
    .argument("<text>", "what everybody who works on it reads")
    .action(
      run(async (world, breakId: string, note: string) => {
        const engine = connect(world);
        const done = await engine.call((api) => api.recon.note.mutate({ breakId, note }));
        world.out.show(done, () => [`Written on ${breakId}.`]);
        return undefined;
      }),
    );
}
