import type { CashierRuleFamily } from "@pitboss/domain/cashier/cashier-rule";
import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import { runPlanned } from "../kernel/planned.ts";
import { type Column, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Rule = Outputs["cashierRule"]["list"][number];
type Word = "deposit" | "payout" | "take-back" | "chargeback" | "crypto";

const families = {
  deposit: "DEPOSIT",
  payout: "PAYOUT",
  "take-back": "TAKE_BACK",
  chargeback: "CHARGEBACK",
  crypto: "CRYPTO",
} as const satisfies Record<Word, CashierRuleFamily>;
const words = Object.keys(families) as Word[];

const wordOf = (family: CashierRuleFamily): string => words.find((word) => families[word] === family) ?? family;

const columns: readonly Column<Rule>[] = [
  { title: "family", text: ({ family }) => wordOf(family) },
  { title: "subject", text: ({ subject }) => subject },
  { title: "version", text: ({ version }) => version, align: "right" },
  { title: "from (UTC)", text: ({ effectiveFrom }) => effectiveFrom },
  {
    title: "standing",
    text: ({ standing }) => standing.toLowerCase(),
    paint: ({ standing }, paint) => (standing === "CURRENT" ? paint.green : paint.dim),
  },
  { title: "approved as", text: ({ approvalId }) => approvalId },
];

interface ProposeOptions extends WriteOptions {
  readonly set: Readonly<Record<string, string>>;
  readonly from?: string;
}

const whichFamily = () => new Argument("<family>", "of which rules").choices(words);

/** The numbers that deposits, payouts and chargebacks go by: what holds, and proposing another one. */
export function cashierRuleCommands(program: Command, run: Run): void {
  const rules = program
    .command("cashier-rules")
    .description("The numbers that deposits, payouts and chargebacks go by.");
  rules
    .command("list")
    .description("Rules that hold and those that come; --json has every version with its values.")
    .addOption(new Option("--family <family>", "only these").choices(words))
    .action(
      run(async (world, { family }: { family?: Word }) => {
        const all = await connect(world).call((api) => api.cashierRule.list.query());
        const asked = all.filter((rule) => family === undefined || rule.family === families[family]);
        world.out.show(asked, (shown, paint) =>
          table(
            columns,
            shown.filter(({ standing }) => standing !== "PAST"),
            paint,
          ),
        );
        return undefined;
      }),
    );
  rules
    .command("show")
    .description("All versions of one rule with their values, the newest first.")
    .addArgument(whichFamily())
    .argument("<subject>", 'as in "card EUR", EUR, GB, "*" or BTC')
    .action(
      run(async (world, word: Word, subject: string) => {
        const all = await connect(world).call((api) => api.cashierRule.list.query());
        const versions = all.filter((rule) => rule.family === families[word] && rule.subject === subject);
        const [newest] = versions;
        if (newest === undefined) {
          stop("NOTHING_APPLIES", {
            detail: `There is no ${word} rule of ${subject}; \`cashier-rules list\` has all.`,
          });
        }
        world.out.show(versions, (shown, paint) => table(valueColumns(shown), Object.keys(newest.values), paint));
        return undefined;
      }),
    );
  addWriteOptions(
    rules
      .command("propose")
      .description("Propose other values for a rule; what isn't set stays. A second person approves it.")
      .addArgument(whichFamily())
      .argument("<subject>", 'as in "card EUR", EUR, GB, "*" or BTC')
      .requiredOption("--set <name=value>", "a value, as in minAmount=20.00; may be given again", collect)
      .addOption(new Option("--from <instant>", "when it begins to hold, as in 2027-01-01T00:00:00Z")),
  ).action(
    run(async (world, word: Word, subject: string, options: ProposeOptions) => {
      const engine = connect(world);
      const params = { family: families[word], values: { ...options.set }, effectiveFrom: options.from ?? null };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.cashierRulePropose.show.query({ targets: [subject], params })),
        (apply) => engine.call((api) => api.plan.cashierRulePropose.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}

function valueColumns(versions: readonly Rule[]): Column<string>[] {
  return [
    { title: "value", text: (name) => name },
    ...versions.map(
      (rule): Column<string> => ({
        title: `version ${rule.version}, ${rule.standing.toLowerCase()}`,
        text: (name) => rule.values[name] ?? null,
        align: "right",
      }),
    ),
  ];
}

function collect(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] = /^([A-Za-z]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("It is a name and its value, as in minAmount=20.00.");
  return { ...before, [name]: value };
}
