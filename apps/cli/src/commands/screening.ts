import { basename } from "node:path";
import { Argument, type Command, Option } from "commander";
import { type HitState, hitStates } from "@pitboss/domain/compliance/screening/hit-machine";
import { listSources, type ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import { z } from "zod";
import { type ExitCode, exitCodes } from "../kernel/exit-codes.ts";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect, type Engine } from "../session/engine.ts";

type Row = Outputs["screening"]["hits"]["rows"][number];
type Detail = Outputs["screening"]["hit"];
type Status = Outputs["screening"]["status"];
type Change = Outputs["screening"]["replay"]["changes"][number];

const columns: readonly Column<Row>[] = [
  { title: "hit", text: ({ hitId }) => hitId, width: 8 },
  { title: "found (UTC)", text: ({ foundAt }) => foundAt, width: 24 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 14 },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "list", text: ({ source }) => source, width: 8 },
  { title: "entry", text: ({ ref }) => ref, width: 12 },
  { title: "about", text: ({ topic }) => topic, width: 8 },
  { title: "score", text: ({ score }) => String(score), align: "right", width: 5 },
];

const changeColumns: readonly Column<Change>[] = [
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "hit", text: ({ hitId }) => hitId, width: 8 },
  { title: "entry", text: ({ entry }) => entry, width: 20 },
  { title: "would", text: ({ change }) => change, width: 8 },
  { title: "is", text: ({ state }) => state, width: 14 },
  { title: "score", text: ({ scoreBefore }) => text(scoreBefore), align: "right", width: 5 },
  { title: "then", text: ({ scoreAfter }) => text(scoreAfter), align: "right", width: 5 },
  { title: "because", text: ({ cause }) => cause, width: 14 },
];

interface HitOptions extends PageOptions {
  readonly state?: HitState;
  readonly list?: ListSource;
  readonly player?: string;
}

interface ReplayOptions {
  readonly everybody?: boolean;
  readonly list?: ListSource;
  readonly file?: readonly string[];
  readonly threshold?: string;
}

export function screeningCommands(program: Command, run: Run): void {
  const screening = program
    .command("screening")
    .description("Whom lists of sanctions and office holders may mean, and the lists themselves.");
  readCommands(screening, run);
  addWriteOptions(
    screening
      .command("import")
      .description(
        "Bring in a new version of a list, and screen all players by it. OFAC's is sdn.csv with alt.csv, add.csv and sdn_comments.csv; the others are one file.",
      )
      .addOption(new Option("--allow-shrink", "also where more than a fifth of its entries would go"))
      .addArgument(new Argument("<list>", "which").choices(listSources))
      .argument("<file...>", "its files"),
  ).action(
    run(
      async (
        world,
        source: ListSource,
        files: string[],
        options: WriteOptions & { readonly allowShrink?: boolean },
      ) => {
        const engine = connect(world);
        const params = { files: await uploadAll(world, engine, files), allowShrink: options.allowShrink === true };
        return runPlanned(
          world,
          engine,
          options,
          () => engine.call((api) => api.plan.screeningImport.show.query({ targets: [source], params })),
          (apply) => engine.call((api) => api.plan.screeningImport.carryOut.mutate({ ...apply, params })),
        );
      },
    ),
  );
  addWriteOptions(
    screening
      .command("run")
      .description("Screen everybody anew, by the lists and the rule in force; shows how far it is."),
  ).action(
    run(async (world, options: WriteOptions) => {
      const engine = connect(world);
      const params = {};
      const code = await runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.screeningRun.show.query({ targets: ["EVERYBODY"], params })),
        (apply) => engine.call((api) => api.plan.screeningRun.carryOut.mutate({ ...apply, params })),
      );
      return code === exitCodes.ok && options.dryRun !== true ? followRun(world, engine) : code;
    }),
  );
  screening
    .command("replay")
    .description("What another list or another threshold would change of the decisions that there are. Writes nothing.")
    .option("--everybody", "look at all players, not only at those with a hit")
    .addOption(new Option("--list <list>", "with the --file of a version of this list").choices(listSources))
    .option("--file <file...>", "the version's files")
    .option("--threshold <points>", "a hit from so many points of 1000 on")
    .action(run((world, options: ReplayOptions) => replay(world, options)));
}

function readCommands(screening: Command, run: Run): void {
  screening
    .command("status")
    .description("The lists in force, the rule, and how far the last run is.")
    .action(
      run(async (world) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.screening.status.query()), describeStatus);
        return undefined;
      }),
    );
  addPageOptions(
    screening
      .command("list")
      .description("Hits, newest first.")
      .addOption(new Option("--state <state>", "only in this state").choices(hitStates))
      .addOption(new Option("--list <list>", "only of this list").choices(listSources))
      .option("--player <playerId>", "only of this player"),
  ).action(
    run(async (world, options: HitOptions) => {
      const engine = connect(world);
      const { state, list: source, player: playerId } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.screening.hits.query({ ...page, state, source, playerId })),
      );
    }),
  );
  screening
    .command("show")
    .description("A hit: what the score is made of, the player's side masked, and what was decided.")
    .argument("<hitId>", "which, as in sh_3")
    .action(
      run(async (world, hitId: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.screening.hit.query({ hitId })), describeHit);
        return undefined;
      }),
    );
}

const uploaded = z.object({ sha256: z.string(), bytes: z.number() });

async function uploadAll(world: World, engine: Engine, files: readonly string[]) {
  const sent: { name: string; sha256: string }[] = [];
  for (const path of files) {
    const { sha256, bytes } = uploaded.parse(await engine.upload("/staff/screening/files", path));
    world.talk.say(`${basename(path)}: ${bytes} bytes, sha256 ${sha256}`);
    sent.push({ name: basename(path), sha256 });
  }
  return sent;
}

const pollMs = 500;

/** Until the run is through. Partly done is one in which somebody could not be screened. */
async function followRun(world: World, engine: Engine): Promise<ExitCode> {
  let progress: ReturnType<World["talk"]["progress"]> | undefined;
  world.resumeWith("The run goes on in the engine: pitboss screening status");
  for (;;) {
    const { run, open } = await engine.call((api) => api.screening.status.query());
    if (run === null || run.state !== "RUNNING") {
      progress?.end();
      if (run === null) return exitCodes.ok;
      world.talk.say(
        `${describeRun(run)}. ${open === 1 ? "1 hit waits" : `${open} hits wait`}: pitboss screening list --state OPEN`,
      );
      return run.failed > 0 ? exitCodes.partly : exitCodes.ok;
    }
    progress ??= world.talk.progress("screening", run.total);
    progress.at(run.done);
    if (world.signal.aborted) stop("INTERRUPTED");
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function describeRun(run: NonNullable<Status["run"]>): string {
  return `${run.state}, ${run.done} of ${run.total} players; ${run.opened} opened, ${run.reopened} reopened, ${run.vanished} gone, ${run.failed} failed`;
}

async function replay(world: World, { everybody, list: source, file, threshold }: ReplayOptions) {
  if ((source === undefined) !== (file === undefined)) stop("USAGE", { detail: "A --list goes with its --file." });
  const engine = connect(world);
  const status = await engine.call((api) => api.screening.status.query());
  const { version: _version, ...rule } = status.rule;
  const list = source === undefined ? null : { source, files: await uploadAll(world, engine, file ?? []) };
  const input = {
    scope: everybody === true ? ("EVERYBODY" as const) : ("HITS" as const),
    list,
    rule: threshold === undefined ? null : { ...rule, threshold: readPoints(threshold) },
  };
  let cursor: string | null = null;
  const all = { looked: 0, failed: 0, changes: [] as Change[] };
  do {
    const page: Outputs["screening"]["replay"] = await engine.call((api) =>
      api.screening.replay.query({ ...input, cursor }),
    );
    all.looked += page.looked;
    all.failed += page.failed;
    all.changes.push(...page.changes);
    cursor = page.next;
    if (world.signal.aborted && cursor !== null) stop("INTERRUPTED");
  } while (cursor !== null);
  world.out.show(all, ({ changes, looked, failed }, paint) => [
    ...(changes.length === 0 ? ["Nothing would change."] : table(changeColumns, changes, paint)),
    "",
    `${looked === 1 ? "1 player" : `${looked} players`} looked at, ${changes.length === 1 ? "1 change" : `${changes.length} changes`}${failed === 0 ? "" : `, ${failed} could not be read`}.`,
  ]);
  return exitCodes.ok;
}

function readPoints(given: string): number {
  if (!/^[0-9]{3,4}$/.test(given)) stop("USAGE", { detail: "A threshold is from 500 to 1000 points." });
  return Number(given);
}

function describeStatus({ lists, rule, run, open }: Status, paint: Paint): string[] {
  return [
    ...fields(
      [
        ["Hits that wait", String(open)],
        ["Rule", `version ${rule.version}, a hit from ${rule.threshold} of 1000`],
        ["Last run", run === null ? null : describeRun(run)],
      ],
      paint,
    ),
    "",
    ...(lists.length === 0
      ? ["No list has been imported yet: nobody is screened."]
      : table(
          [
            { title: "list", text: ({ source }) => source },
            { title: "version", text: ({ listId }) => listId },
            { title: "imported (UTC)", text: ({ importedAt }) => importedAt },
            { title: "of the day", text: ({ publishedOn }) => publishedOn },
            { title: "entries", text: ({ entries }) => String(entries), align: "right" },
            { title: "new", text: ({ added }) => String(added), align: "right" },
            { title: "changed", text: ({ changed }) => String(changed), align: "right" },
            { title: "gone", text: ({ removed }) => String(removed), align: "right" },
          ],
          lists,
          paint,
        )),
  ];
}

function describeHit(hit: Detail, paint: Paint): string[] {
  const { details, decision } = hit;
  return [
    `${paint.bold(plain(hit.hitId))}  ${paintStatus(paint, hit.state)(hit.state)}`,
    ...fields(
      [
        ["Player", `${hit.playerId} (${hit.nickname})`],
        ["Entry", `${hit.source} ${hit.ref}, ${hit.entry.names[0]?.full ?? ""}`],
        ["Score", `${hit.score} of 1000`],
        ["Found", hit.foundAt],
        ["Decided", decision === null ? null : `${decision.at} by ${decision.by}: ${decision.reason}`],
        ["Dismissed until", hit.expiresAt],
        [
          "Name",
          details === null
            ? null
            : `${details.player.name} / ${details.listed.full}: ${details.points} by ${details.best}`,
        ],
      ],
      paint,
    ),
    "",
    ...table(
      [
        { title: "against it", text: ({ name }) => name },
        { title: "player", text: ({ player }) => player },
        { title: "list", text: ({ listed }) => listed },
        { title: "points", text: ({ points }) => (points === 0 ? "0" : `-${points}`), align: "right" },
      ],
      details?.penalties ?? [],
      paint,
    ),
    "",
    ...table(
      [
        { title: "at (UTC)", text: ({ at }) => at },
        { title: "what", text: ({ event }) => event },
        { title: "by", text: ({ by }) => by },
        { title: "score", text: ({ score }) => String(score), align: "right" },
        { title: "why", text: ({ reason }) => reason },
      ],
      hit.steps,
      paint,
    ),
  ];
}

function text(value: number | null): string | null {
  return value === null ? null : String(value);
}
