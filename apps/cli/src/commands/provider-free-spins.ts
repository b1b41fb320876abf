/** Free spins that the house issues with game providers. */
import { type FreeSpinsState, freeSpinsStates } from "@pitboss/domain/gaming/free-spins/free-spins-machine";
import { type Command, InvalidArgumentError, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["freeSpins"]["list"]["rows"][number];
type Detail = Outputs["freeSpins"]["show"];

const columns: readonly Column<Row>[] = [
  { title: "free spins", text: ({ freeSpinsId }) => freeSpinsId },
  { title: "issued (UTC)", text: ({ issuedAt }) => issuedAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state) },
  { title: "spins", text: ({ spins }) => spins, align: "right" },
  { title: "won", text: ({ won }) => won, align: "right" },
  { title: "currency", text: ({ currency }) => currency },
  { title: "until (UTC)", text: ({ validUntil }) => validUntil, width: 24 },
  { title: "player", text: ({ playerId }) => playerId },
  { title: "provider", text: ({ provider }) => provider },
  { title: "games", text: ({ games }) => games.join(", ") },
  { title: "said", text: ({ failure }) => sayFailure(failure) },
];

const usualDays = 7;
const openStates: readonly FreeSpinsState[] = ["REQUESTED", "SENT", "UNKNOWN", "ISSUED", "ACTIVE", "RECALLING"];

interface ListOptions extends PageOptions {
  readonly player?: string;
  readonly state?: readonly FreeSpinsState[];
  readonly open?: boolean;
}

interface IssueOptions extends WriteOptions {
  readonly provider: string;
  readonly game: readonly string[];
  readonly currency: string;
  readonly spins: number;
  readonly betLevel?: number;
  readonly days?: number;
  readonly until?: string;
  readonly campaign: string;
}

export function freeSpinsCommands(provider: Command, run: Run): void {
  const freeSpins = provider.command("freespins").description("Free spins that the house issues with providers.");
  readCommands(freeSpins, run);
  addWriteOptions(
    freeSpins
      .command("issue")
      .description("Give players free spins in a provider's games. A player gets them once for a campaign.")
      .argument("<playerId...>", "to whom; - reads them from stdin")
      .requiredOption("--provider <provider>", "its code")
      .requiredOption("--game <game...>", "codes of its games in which they can be played")
      .requiredOption("--currency <currency>", "in which they are played")
      .requiredOption("--spins <count>", "how many", wholeNumber)
      .requiredOption("--campaign <name>", "what they are for")
      .addOption(
        new Option("--days <count>", `until midnight UTC, today being the first day (${usualDays})`)
          .argParser(wholeNumber)
          .conflicts("until"),
      )
      .option("--until <instant>", "until when they can be played, ISO 8601", instant)
      .option(
        "--bet-level <level>",
        "which of the game's stakes a spin has; the provider's choice without it",
        wholeNumber,
      ),
  ).action(
    run(async (world, given: string[], options: IssueOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {
        provider: options.provider,
        games: [...options.game],
        currency: options.currency,
        spins: options.spins,
        betLevel: options.betLevel ?? null,
        validUntil: endOf(options),
        campaign: options.campaign,
      };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.freeSpinsIssue.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.freeSpinsIssue.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  addWriteOptions(
    freeSpins
      .command("cancel")
      .description("Ask providers to cancel free spins. They are cancelled when the provider has confirmed it.")
      .argument("<freeSpinsId...>", "which; - reads them from stdin"),
  ).action(
    run(async (world, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = {};
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.freeSpinsCancel.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.freeSpinsCancel.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}

function readCommands(freeSpins: Command, run: Run): void {
  addPageOptions(
    freeSpins
      .command("list")
      .description("Free spins that were issued, newest first.")
      .argument("[provider]", "with which provider; with all without it")
      .option("--player <playerId>", "of this player alone")
      .addOption(new Option("--state <state...>", "in these states").choices(freeSpinsStates))
      .option("--open", "those that are not over"),
  ).action(
    run((world, code: string | undefined, options: ListOptions) => {
      const engine = connect(world);
      const states = options.open === true ? openStates : options.state;
      return runList(world, options, columns, (page) =>
        engine.call((api) =>
          api.freeSpins.list.query({
            ...page,
            provider: code ?? null,
            playerId: options.player ?? null,
            states: states === undefined ? null : [...states],
          }),
        ),
      );
    }),
  );
  freeSpins
    .command("show")
    .description("One issue: what was given to whom and why, and every step that it took.")
    .argument("<freeSpinsId>")
    .action(
      run(async (world, freeSpinsId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.freeSpins.show.query({ freeSpinsId })), describe);
        return undefined;
      }),
    );
}

function describe(detail: Detail, paint: Paint): string[] {
  const { freeSpinsId, state, spins, games, betLevel, currency, won, validUntil, actor, reason, failure } = detail;
  return [
    `${paint.bold(freeSpinsId)}  ${paintStatus(paint, state)(state)}`,
    ...fields(
      [
        ["Player", `${detail.playerId}  ${plain(detail.nickname)}`],
        ["Provider", detail.provider],
        ["Spins", `${spins} in ${games.join(", ")}${betLevel === null ? "" : `, bet level ${betLevel}`}`],
        ["Until", validUntil],
        ["Won", won === null ? "not known yet" : `${won} ${currency}`],
        ["Issued by", `${plain(actor)}, ${detail.issuedAt}: ${plain(reason)}`],
        ["For", plain(detail.requestId)],
        ["The provider said", sayFailure(failure) ?? "-"],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "at (UTC)", text: ({ at }) => at, width: 24 },
        { title: "step", text: ({ event }) => event },
        { title: "state", text: ({ to }) => to, paint: ({ to }, p) => paintStatus(p, to) },
        { title: "by", text: ({ actor: who }) => who },
        { title: "details", text: ({ details }) => (details === null ? null : JSON.stringify(details)) },
      ],
      detail.steps,
      paint,
    ),
  ];
}

function sayFailure(failure: Row["failure"]): string | null {
  return failure === null ? null : plain(`${failure.reason} (${failure.code}: ${failure.message})`);
}

/** At midnight UTC where days are counted, so that a plan that was looked at for a while is still the same. */
function endOf({ days, until }: Pick<IssueOptions, "days" | "until">): string {
  if (until !== undefined) return until;
  const dayMs = 86_400_000;
  return new Date((Math.floor(Date.now() / dayMs) + (days ?? usualDays)) * dayMs).toISOString();
}

function instant(text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError("It is an instant, as in 2026-12-31T23:00:00Z.");
  return new Date(at).toISOString();
}

function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw new InvalidArgumentError("It is a whole number above zero.");
  return Number(text);
}
