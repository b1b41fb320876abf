import { statementStates, type StatementState } from "@pitboss/domain/reporting/affiliates/statement";
import { type Command, Option } from "commander";
import { exitCodes } from "../kernel/exit-codes.ts";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["affiliate"]["list"]["rows"][number];
type Detail = Outputs["affiliate"]["show"];
type StatementRow = Outputs["affiliate"]["statements"]["rows"][number];
type Statement = Outputs["affiliate"]["statement"];

const columns: readonly Column<Row>[] = [
  { title: "affiliate", text: ({ affiliateId }) => affiliateId, width: 9 },
  { title: "name", text: ({ name }) => name, width: 24 },
  { title: "status", text: ({ status }) => status, paint: ({ status }, paint) => paintStatus(paint, status), width: 9 },
  { title: "players", text: ({ players }) => players, align: "right", width: 7 },
  { title: "owed", text: ({ owed }) => owed, align: "right", width: 12 },
  { title: "", text: ({ currency }) => currency, width: 4 },
  { title: "plan", text: ({ plan }) => plan, width: 40 },
];

const statementColumns: readonly Column<StatementRow>[] = [
  { title: "statement", text: ({ statementId }) => statementId, width: 9 },
  { title: "month", text: ({ month }) => month, width: 7 },
  { title: "affiliate", text: ({ affiliate }) => affiliate, width: 24 },
  { title: "version", text: ({ version }) => version, align: "right", width: 7 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 9 },
  { title: "total", text: ({ total }) => total, align: "right", width: 12 },
  { title: "due", text: ({ due }) => due, align: "right", width: 12 },
  { title: "", text: ({ currency }) => currency, width: 4 },
  { title: "why", text: ({ reason }) => reason, width: 40 },
];

export function affiliateCommands(program: Command, run: Run): void {
  const affiliate = program.command("affiliate").description("Who brings players, and what they are paid for it.");
  readCommands(affiliate, run);
  attributionCommands(affiliate, run);
  statementCommands(affiliate, run);
}

function readCommands(affiliate: Command, run: Run): void {
  addPageOptions(
    affiliate
      .command("list")
      .description("Affiliates, newest first, with what the house owes them.")
      .option("--text <text>", "only those with this in their name or a code")
      .addOption(new Option("--status <status>", "only those that are").choices(["ACTIVE", "SUSPENDED"])),
  ).action(
    run(async (world, options: PageOptions & { text?: string; status?: "ACTIVE" | "SUSPENDED" }) => {
      const engine = connect(world);
      const { text, status } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.affiliate.list.query({ ...page, text, status })),
      );
    }),
  );
  affiliate
    .command("show")
    .description("An affiliate: codes with their clicks, plans, payments, and what is owed.")
    .argument("<affiliateId>", "which, as in aff_3")
    .action(
      run(async (world, affiliateId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.affiliate.show.query({ affiliateId })), describe);
        return exitCodes.ok;
      }),
    );
  addPageOptions(
    affiliate
      .command("statements")
      .description("Statements, newest first.")
      .option("--affiliate <affiliateId>", "only of this affiliate")
      .option("--month <month>", "only of this month, as in 2026-10")
      .addOption(new Option("--state <state>", "only in this state").choices(statementStates)),
  ).action(
    run(async (world, options: PageOptions & { affiliate?: string; month?: string; state?: StatementState }) => {
      const engine = connect(world);
      const { affiliate: affiliateId, month, state } = options;
      return runList(world, options, statementColumns, (page) =>
        engine.call((api) => api.affiliate.statements.query({ ...page, affiliateId, month, state })),
      );
    }),
  );
  affiliate
    .command("statement")
    .description("One version of a month: its figures, the share, who qualified, and the versions beside it.")
    .argument("<statementId>", "which, as in afs_8")
    .action(
      run(async (world, statementId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.affiliate.statement.query({ statementId })), describeStatement);
        return exitCodes.ok;
      }),
    );
}

const attributionColumns: readonly Column<Outputs["affiliate"]["attribution"][number]>[] = [
  { title: "since (UTC)", text: ({ since }) => since },
  { title: "until (UTC)", text: ({ until }) => until },
  { title: "affiliate", text: ({ affiliateId }) => affiliateId ?? "nobody" },
  { title: "name", text: ({ affiliate }) => affiliate },
  { title: "code", text: ({ code }) => code },
  { title: "by", text: ({ actor }) => actor },
  { title: "why", text: ({ reason }) => reason },
];

const attributionOf = (history: Outputs["affiliate"]["attribution"], paint: Paint): string[] =>
  history.length === 0 ? ["Nobody brought this player."] : table(attributionColumns, history, paint);

function attributionCommands(affiliate: Command, run: Run): void {
  affiliate
    .command("attribution")
    .description("Whose a player is and was, newest first.")
    .argument("<playerId>", "which player, as in p_17")
    .action(
      run(async (world, playerId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.affiliate.attribution.query({ playerId })), attributionOf);
        return exitCodes.ok;
      }),
    );
  affiliate
    .command("attribute")
    .description("Say whose a player is from now on. What was earned before stays as it is.")
    .argument("<playerId>", "which player, as in p_17")
    .argument("<affiliateId>", "whose, as in aff_3, or: nobody")
    .requiredOption("-r, --reason <text>", "why: it stands in the audit log")
    .action(
      run(async (world, playerId: string, whose: string, { reason }: { reason: string }) => {
        const engine = connect(world);
        const affiliateId = whose === "nobody" ? null : whose;
        const change = { playerId, affiliateId, reason };
        world.out.show(await engine.call((api) => api.affiliate.reattribute.mutate(change)), attributionOf);
        return exitCodes.ok;
      }),
    );
  affiliate
    .command("rule")
    .description("By which rule new players become an affiliate's; with --model and --days, another from now on.")
    .addOption(new Option("--model <model>", "which touch decides").choices(["first", "last"]))
    .option("--days <n>", "for how many days a touch counts, 1 to 365")
    .option("-r, --reason <text>", "why, where the rule is changed: it stands in the audit log")
    .action(
      run(async (world, options: { model?: "first" | "last"; days?: string; reason?: string }) => {
        const engine = connect(world);
        const before = await engine.call((api) => api.affiliate.rule.query());
        const { model, days, reason } = options;
        const changes = model !== undefined || days !== undefined;
        if (changes && reason === undefined) stop("USAGE", { detail: "A change needs --reason." });
        const wanted = {
          model: model === undefined ? before.model : (model.toUpperCase() as "FIRST" | "LAST"),
          windowDays: days === undefined ? before.windowDays : Number(days),
          reason: reason ?? "",
        };
        const rule = changes ? await engine.call((api) => api.affiliate.setRule.mutate(wanted)) : before;
        world.out.show(rule, (value, paint) =>
          fields(
            [
              ["touch that decides", value.model.toLowerCase()],
              ["days it counts", value.windowDays],
            ],
            paint,
          ),
        );
        return exitCodes.ok;
      }),
    );
}

function statementCommands(affiliate: Command, run: Run): void {
  affiliate
    .command("make")
    .description("Make a month's statement, or make it anew: one that says the same as before stays as it is.")
    .argument("<affiliateId>", "of which affiliate")
    .argument("<month>", "a month that is over and tied to the ledger, as in 2026-10")
    .requiredOption("-r, --reason <text>", "why: it stands in the audit log")
    .action(
      run(async (world, affiliateId: string, month: string, { reason }: { reason: string }) => {
        const engine = connect(world);
        const made = await engine.call((api) => api.affiliate.makeStatement.mutate({ affiliateId, month, reason }));
        world.out.show(made, describeStatement);
        return exitCodes.ok;
      }),
    );
  affiliate
    .command("propose")
    .description("Propose a statement: with another person's yes the house owes what is due, and pays it.")
    .argument("<statementId>", "which")
    .requiredOption("-r, --reason <text>", "why: it stands in the audit log")
    .action(
      run(async (world, statementId: string, { reason }: { reason: string }) => {
        const engine = connect(world);
        const proposed = await engine.call((api) => api.affiliate.proposeStatement.mutate({ statementId, reason }));
        world.out.show(proposed, (value, paint) =>
          fields(
            [
              ["proposal", value.approvalId],
              ["what", plain(value.summary)],
              ["status", value.status],
            ],
            paint,
          ),
        );
        return exitCodes.ok;
      }),
    );
  addWriteOptions(
    affiliate
      .command("approve")
      .description("Be the second person for a statement that somebody proposed. The plan shows the content in full.")
      .argument("<statementId>", "which"),
  ).action(
    run(async (world, statementId: string, options: WriteOptions) => {
      const engine = connect(world);
      const { approvalId } = await engine.call((api) => api.affiliate.statement.query({ statementId }));
      if (approvalId === null) stop("NOTHING_APPLIES", { detail: "Nobody has proposed this statement yet." });
      const targets = [approvalId];
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.approvalApprove.show.query({ targets, params: {} })),
        (apply) => engine.call((api) => api.plan.approvalApprove.carryOut.mutate({ ...apply, params: {} })),
      );
    }),
  );
}

function describe(affiliate: Detail, paint: Paint): string[] {
  const { currency, status, payee } = affiliate;
  return [
    `${paint.bold(plain(affiliate.name))}  ${affiliate.affiliateId}  ${paintStatus(paint, status)(status)}`,
    ...fields(
      [
        ["Mail", plain(affiliate.email)],
        ["Plan", affiliate.plan],
        ["Players", affiliate.players],
        ["Owed", `${affiliate.owed} ${currency}`],
        ["Paid from", `${affiliate.leastPayment} ${currency}`],
        ["Paid to", payee === null ? null : `${plain(payee.label)} (${payee.psp})`],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "code", text: ({ code }) => code },
        { title: "open", text: ({ active }) => (active ? "yes" : "no") },
        { title: "clicks", text: ({ clicks }) => clicks, align: "right" },
        { title: "players", text: ({ players }) => players, align: "right" },
        { title: "for", text: ({ label }) => label },
        { title: "leads to", text: ({ landing }) => landing },
      ],
      affiliate.trackingCodes,
      paint,
    ),
    "",
    ...table(
      [
        { title: "plan", text: ({ version }) => version, align: "right" },
        { title: "from", text: ({ fromMonth }) => fromMonth },
        { title: "what", text: ({ words }) => words },
        { title: "why", text: ({ reason }) => reason },
      ],
      affiliate.plans,
      paint,
    ),
    "",
    ...table(
      [
        { title: "payment", text: ({ paymentId }) => paymentId },
        { title: "made (UTC)", text: ({ createdAt }) => createdAt },
        { title: "state", text: ({ state }) => state, paint: ({ state }, p) => paintStatus(p, state) },
        { title: "amount", text: ({ amount }) => amount, align: "right" },
        { title: "to", text: ({ label }) => label },
        { title: "said", text: ({ failure }) => failure },
      ],
      affiliate.payments,
      paint,
    ),
  ];
}

function describeStatement(statement: Statement, paint: Paint): string[] {
  const { currency, state, body } = statement;
  const figures = Object.entries((body["figures"] ?? {}) as Record<string, string | number>);
  return [
    `${paint.bold(plain(statement.affiliate))}  ${statement.month}  version ${statement.version}  ${paintStatus(paint, state)(state)}`,
    ...fields(
      [
        ["Statement", statement.statementId],
        ["Total", `${statement.total} ${currency}`],
        ["Due", `${statement.due} ${currency}`],
        ["Made", `${statement.madeAt}: ${plain(statement.reason)}`],
        ["Proposal", statement.approvalId],
        ["Approved", statement.approvedAt],
        ["Posted by", statement.transactionId],
        ["SHA-256", statement.hash],
        ...figures.map(([name, value]) => [name, value] as [string, string | number]),
      ],
      paint,
    ),
    "",
    ...table(statementColumns, statement.versions, paint),
  ];
}
