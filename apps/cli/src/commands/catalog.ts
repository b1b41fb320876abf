import { readFile } from "node:fs/promises";
import { type GameStatus, gameStatuses } from "@pitboss/domain/catalog/game-status";
import { type Command, Option } from "commander";
import type { ExitCode } from "../kernel/exit-codes.ts";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import { addWriteOptions, runWrite, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { variantCommands } from "./catalog-variants.ts";

type Game = Outputs["game"]["list"]["rows"][number];
type Detail = Outputs["game"]["show"];

const columns: readonly Column<Game>[] = [
  { title: "code", text: ({ code }) => code, width: 24 },
  { title: "name", text: ({ name }) => name, width: 28 },
  { title: "state", text: ({ status }) => status, paint: ({ status }, p) => paintStatus(p, status), width: 15 },
  { title: "provider", text: ({ providerCode }) => providerCode, width: 12 },
  { title: "category", text: ({ category }) => category, width: 12 },
  { title: "tags", text: ({ tags }) => tags.join(", "), width: 14 },
  { title: "currencies", text: ({ limits }) => Object.keys(limits).join(", ") },
];

interface ListOptions extends PageOptions {
  readonly search?: string;
  readonly provider?: string;
  readonly category?: string;
  readonly tag?: string;
  readonly status?: GameStatus;
}

interface ImportOptions extends WriteOptions {
  readonly file: string;
}

export function catalogCommands(program: Command, run: Run): void {
  const catalog = program.command("catalog").description("Games and their providers: what is offered, and where.");
  variantCommands(catalog, run);
  addPageOptions(
    catalog
      .command("list")
      .description("Games, in the order of their codes.")
      .option("--search <text>", "only with this in their code or name")
      .option("--provider <provider>", "only of this provider")
      .option("--category <category>", "only of this category")
      .option("--tag <tag>", "only with this tag")
      .addOption(new Option("--status <status>", "only in this state").choices(gameStatuses)),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { search, provider, category, tag, status } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.game.list.query({ ...page, search, provider, category, tag, status })),
      );
    }),
  );
  catalog
    .command("show")
    .description("A game: where it is offered, its limits beside its provider's, and planned maintenance.")
    .argument("<code>", "which, as in pitboss_dice")
    .action(
      run(async (world, code: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.game.show.query({ code })), describe);
        return undefined;
      }),
    );
  addWriteOptions(
    catalog
      .command("import")
      .description(
        "Take over a provider's list of games, as CSV or JSON by the file's name. Bad lines are told and take nothing from the others; what is here already as it is in the file is left alone.",
      )
      .argument("<provider>", "the provider's code")
      .requiredOption("--file <path>", "the list"),
  ).action(run(async (world, provider: string, options: ImportOptions) => importGames(world, provider, options)));
}

async function importGames(world: World, provider: string, options: ImportOptions): Promise<ExitCode> {
  const engine = connect(world);
  const format = options.file.toLowerCase().endsWith(".json") ? ("json" as const) : ("csv" as const);
  const text = await readText(options.file);
  return runWrite(world, options, {
    context: engine.context,
    together: true,
    show: async () => {
      const plan = await engine.call((api) => api.game.planImport.mutate({ provider, format, text }));
      world.talk.say(`${plan.added} new, ${plan.changed} changed, ${plan.same} as they are`);
      for (const { line, why } of plan.bad) world.talk.say(`bad line ${line}: ${plain(why)}`);
      return plan;
    },
    apply: async ({ hash: plan }, items, reason) => {
      await engine.call((api) => api.game.import.mutate({ provider, format, text, plan, reason }));
      return items.map(({ id }) => ({ id, done: true, result: {} }));
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

function describe(game: Detail, paint: Paint): string[] {
  return [
    `${paint.bold(plain(game.name))}  ${paintStatus(paint, game.status)(game.status)}`,
    ...fields(
      [
        ["Code", game.code],
        ["Provider", `${game.providerName} (${game.providerCode})`],
        ["Category", game.category],
        ["Tags", game.tags.join(", ")],
        ["Devices", game.devices.join(", ")],
        ["Languages", game.languages.length === 0 ? "all" : game.languages.join(", ")],
        ["Not offered in", game.bannedCountries.join(", ")],
        ["Certified for", game.jurisdictions.length === 0 ? "any" : game.jurisdictions.join(", ")],
        ["Return", game.rtpVersions.map(({ version, rtp }) => `${version} ${rtp} %`).join(", ")],
        ["Side bets", game.sideBets.map(({ name }) => name).join(", ")],
        [
          "Stakes",
          Object.entries(game.limits)
            .map(([code, { min, max }]) => `${min} to ${max} ${code}`)
            .join(", "),
        ],
      ],
      paint,
    ),
    ...(game.fits.length === 0
      ? []
      : [
          "",
          ...table(
            [
              { title: "provider's limit", text: ({ limit }) => limit },
              { title: "from", text: ({ min }) => min, align: "right" },
              { title: "to", text: ({ max }) => max, align: "right" },
              { title: "", text: ({ currency }) => currency },
              { title: "ours", text: ({ fit }) => fit },
            ],
            game.fits,
            paint,
          ),
        ]),
    ...game.maintenance.map(
      ({ from, until, game: one, reason }) =>
        `maintenance of ${one === null ? "the provider" : "the game"} ${from} to ${until}: ${plain(reason)}`,
    ),
  ];
}
