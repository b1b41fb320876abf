import { exclusionStates } from "@pitboss/domain/compliance/exclusion";
import { type Command, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { plain } from "../kernel/text.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { limitProfileCommands } from "./limit-profiles.ts";

type PlayerRg = Outputs["rg"]["show"];
type Exclusion = Outputs["rg"]["exclusions"]["rows"][number];
type Interaction = Outputs["rg"]["interactions"]["rows"][number];
type Explained = Outputs["limitProfile"]["explain"];

const exclusionColumns: readonly Column<Exclusion>[] = [
  { title: "exclusion", text: ({ exclusionId }) => exclusionId, width: 10 },
  { title: "since (UTC)", text: ({ startsAt }) => startsAt, width: 24 },
  { title: "kind", text: ({ kind }) => kind, width: 14 },
  { title: "state", text: ({ status }) => status, paint: ({ status }, paint) => paintStatus(paint, status), width: 22 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "until (UTC)", text: ({ endsAt }) => endsAt ?? "without an end", width: 24 },
  { title: "asked by", text: ({ requestedBy }) => requestedBy, width: 10 },
];

export function rgCommands(program: Command, run: Run): void {
  const rg = program.command("rg").description("Responsible gaming: players' limits, exclusions and clocks.");
  interactionCommand(rg, run);
  rg.command("show")
    .description("A player's limits with what is used of each, what keeps them from play, and the clock of their play.")
    .argument("<playerId>", "which, as in p_1a")
    .action(
      run(async (world, playerId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.rg.show.query({ playerId })), describe);
        return undefined;
      }),
    );
  addPageOptions(
    rg
      .command("exclusions")
      .description("Exclusions of all players, newest first.")
      .addOption(new Option("--state <state>", "only in this state").choices(exclusionStates)),
  ).action(
    run(async (world, options: PageOptions & { state?: (typeof exclusionStates)[number] }) => {
      const engine = connect(world);
      return runList(world, options, exclusionColumns, (page) =>
        engine.call((api) => api.rg.exclusions.query({ ...page, state: options.state })),
      );
    }),
  );
}

const interactionColumns: readonly Column<Interaction>[] = [
  { title: "interaction", text: ({ interactionId }) => interactionId, width: 11 },
  { title: "at (UTC)", text: ({ at }) => at, width: 24 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "kind", text: ({ kind }) => kind, width: 18 },
  { title: "by", text: ({ actor }) => actor, width: 16 },
  { title: "note", text: ({ note }) => note, width: 40 },
];

function interactionCommand(rg: Command, run: Run): void {
  addPageOptions(
    rg
      .command("interactions")
      .description("What was said to players about their play, and done about it, newest first.")
      .option("--player <playerId>", "only with this player"),
  ).action(
    run(async (world, options: PageOptions & { player?: string }) => {
      const engine = connect(world);
      return runList(world, options, interactionColumns, (page) =>
        engine.call((api) => api.rg.interactions.query({ ...page, playerId: options.player })),
      );
    }),
  );
}

export function limitsCommands(program: Command, run: Run): void {
  const limits = program
    .command("limits")
    .description(
      "What bounds a player's stakes, and why; the house's limit profiles, and proposing new versions of them.",
    );
  limits
    .command("explain")
    .description("Everything that bounds one player on one game: the game, the jurisdiction, the profile, the player.")
    .argument("<playerId>", "which, as in p_1a")
    .argument("<game>", "which, as in pitboss_dice")
    .addOption(new Option("--currency <code>", "in which currency").default("EUR"))
    .action(
      run(async (world, playerId: string, game: string, { currency }: { currency: string }) => {
        const engine = connect(world);
        const explained = await engine.call((api) => api.limitProfile.explain.query({ playerId, game, currency }));
        world.out.show(explained, describeLimits);
        return explained.refusal === null ? undefined : 3;
      }),
    );
  limitProfileCommands(limits, run);
}

function describeLimits(explained: Explained, paint: Paint): string[] {
  const { refusal } = explained;
  return [
    `${plain(explained.playerId)} on ${plain(explained.game)}: at most ${paint.bold(`${explained.maxBet} ${explained.currency}`)} (${explained.jurisdiction}, ${explained.profile})`,
    ...(explained.fits === explained.maxBet
      ? []
      : [`The player's own limits leave ${explained.fits} ${explained.currency} of it now, for stakes in cash`]),
    ...table(
      [
        { title: "from", text: ({ source }) => source },
        { title: "what", text: ({ what }) => what },
        { title: "limit", text: ({ limit }) => limit, align: "right" },
        { title: "counted", text: ({ counted }) => counted, align: "right" },
        { title: "version", text: ({ version }) => version },
      ],
      explained.bounds,
      paint,
    ),
    ...describeLocation(explained.location),
    refusal === null
      ? `${paint.green("✓")} Nothing refuses a bet at the moment.`
      : `${paint.red("✗")} ${refusal.code} (${refusal.rule}): ${JSON.stringify(refusal.inputs)}`,
  ];
}

function describeLocation(location: Explained["location"]): string[] {
  if (location === null) return [];
  const { facts, verdict, findings, at, decisionId } = location;
  const told = [facts.ipCountry, facts.deviceCountry, facts.documentCountry].filter((one) => one !== null);
  const found = findings.map(({ rule, about }) => `${rule} (${about})`).join("; ");
  return [`Last seen ${at} in ${told.join(", ") || "no known place"}: ${verdict} ${found} (${decisionId})`];
}

function describe(rg: PlayerRg, paint: Paint): string[] {
  const { block, clock, limits } = rg;
  return [
    paint.bold(plain(rg.playerId)),
    ...fields(
      [
        ["Play", block === null ? "open" : `${block.kind} until ${block.until ?? "it is lifted"}`],
        ["Jurisdiction", `${rg.jurisdiction.code} v${rg.jurisdiction.version} (${rg.country})`],
        ["Verified to level", String(rg.kycLevel)],
        ["Limit profile", rg.profile],
        ["Plays since", clock.running ? clock.startedAt : null],
        ["Last bet", clock.lastBetAt],
        ["Net position", clock.netPosition.map(({ net, currency }) => `${net} ${currency}`).join(", ") || null],
      ],
      paint,
    ),
    ...section(
      limits.limits,
      [
        { title: "limit", text: ({ kind, period }) => `${kind} ${period}` },
        { title: "amount", text: ({ amount }) => amount, align: "right" },
        { title: "", text: ({ currency }) => currency ?? "min" },
        { title: "used", text: ({ used }) => used, align: "right" },
        { title: "resets (UTC)", text: ({ resetsAt }) => resetsAt },
        { title: "", text: ({ byLaw }) => (byLaw ? "by law" : null) },
      ],
      "No limit is set.",
      paint,
    ),
    ...section(
      limits.waiting,
      [
        { title: "waits", text: ({ kind, period }) => `${kind} ${period}` },
        { title: "amount", text: ({ amount }) => amount ?? "none", align: "right" },
        { title: "state", text: ({ status }) => status },
        { title: "ready (UTC)", text: ({ readyAt }) => readyAt },
      ],
      null,
      paint,
    ),
    ...section(rg.exclusions, exclusionColumns, "Never excluded.", paint),
    ...section(
      rg.registerChecks,
      [
        { title: "asked at (UTC)", text: ({ at }) => at },
        { title: "register", text: ({ register }) => register },
        { title: "on", text: ({ occasion }) => occasion },
        { title: "said", text: ({ outcome }) => outcome },
        { title: "allowed", text: ({ allowed }) => (allowed ? "yes" : "no") },
        { title: "reference", text: ({ reference }) => reference },
      ],
      null,
      paint,
    ),
  ];
}

/** A table below an empty line; where it has no row, what to say of that, or nothing. */
function section<R>(rows: readonly R[], columns: readonly Column<R>[], none: string | null, paint: Paint): string[] {
  if (rows.length > 0) return ["", ...table(columns, rows, paint)];
  return none === null ? [] : ["", none];
}
