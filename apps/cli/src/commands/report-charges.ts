import { chargeBases, type ChargeBase, type ChargeKind, chargeTerms } from "@pitboss/domain/reporting/charges";
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { type Command, InvalidArgumentError, Option } from "commander";
import { runPlanned } from "../kernel/planned.ts";
import { type Column, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Charge = Outputs["report"]["charges"][number];

const kinds = { provider: "PROVIDER_FEE", tax: "TAX" } as const satisfies Record<string, ChargeKind>;

const columns: readonly Column<Charge>[] = [
  { title: "what", text: ({ kind }) => (kind === "TAX" ? "tax" : "provider") },
  { title: "of", text: ({ subject }) => subject },
  { title: "version", text: ({ version }) => version, align: "right" },
  { title: "from (UTC)", text: ({ effectiveFrom }) => effectiveFrom },
  {
    title: "standing",
    text: ({ standing }) => standing.toLowerCase(),
    paint: ({ standing }, paint) => (standing === "CURRENT" ? paint.green : paint.dim),
  },
  { title: "percent", text: ({ percent }) => percent, align: "right" },
  { title: "base", text: ({ base }) => base },
  {
    title: "at least a month",
    text: ({ minimum }) => (minimum === null ? null : `${minimum.amount} ${minimum.currency}`),
    align: "right",
  },
  { title: "approved as", text: ({ approvalId }) => approvalId },
];

interface ProposeOptions extends WriteOptions {
  readonly percent: string;
  readonly from: string;
  readonly base: ChargeBase;
  readonly minimum?: { readonly amount: string; readonly currency: Currency };
}

export function chargeCommands(report: Command, run: Run): void {
  const charges = report
    .command("charges")
    .description("What game providers and states take of the house's result, from which day on.");
  charges
    .command("list")
    .description("Every version: of each provider and jurisdiction the newest first.")
    .action(
      run(async (world) => {
        const found = await connect(world).call((api) => api.report.charges.query());
        world.out.show(found, (all, paint) =>
          all.length === 0 ? ["Nothing is charged."] : table(columns, all, paint),
        );
        return undefined;
      }),
    );
  for (const what of ["provider", "tax"] as const) {
    const command = charges
      .command(`propose-${what}`)
      .description(
        what === "tax"
          ? "Propose what a jurisdiction taxes; a second person approves it."
          : "Propose what a game provider takes of its games' GGR; a second person approves it.",
      )
      .argument("<code>", what === "tax" ? "the jurisdiction, as in DE" : "the provider, as in pragm")
      .requiredOption("--percent <number>", "how much, as in 12.5; 0 ends it")
      .requiredOption("--from <day>", "the first day of UTC, as in 2027-01-01")
      .addOption(
        new Option("--base <what>", "what it is taken of")
          .choices(what === "tax" ? chargeBases : ["GGR", "GGR_CASH"])
          .default("GGR"),
      );
    if (what === "provider") {
      command.addOption(
        new Option("--minimum <amount>", "what is asked for a month at least, as in 2500.00EUR").argParser(readMinimum),
      );
    }
    addWriteOptions(command).action(
      run(async (world, subject: string, options: ProposeOptions) => {
        const engine = connect(world);
        const { percent, from: effectiveFrom, base, minimum = null } = options;
        const params = { kind: kinds[what], effectiveFrom, base, percent, minimum };
        const checked = chargeTerms.safeParse({ ...params, subject });
        if (!checked.success) {
          const [issue] = checked.error.issues;
          stop("USAGE", { detail: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` });
        }
        return runPlanned(
          world,
          engine,
          options,
          () => engine.call((api) => api.plan.chargePropose.show.query({ targets: [subject], params })),
          (apply) => engine.call((api) => api.plan.chargePropose.carryOut.mutate({ ...apply, params })),
        );
      }),
    );
  }
}

function readMinimum(text: string): { amount: string; currency: Currency } {
  const [, amount = "", currency = ""] = /^(\d+(?:\.\d+)?) ?([A-Z]{3,4})$/.exec(text) ?? [];
  if (!Object.hasOwn(currencies, currency)) throw new InvalidArgumentError("It is an amount with its currency.");
  return { amount, currency: currency as Currency };
}
