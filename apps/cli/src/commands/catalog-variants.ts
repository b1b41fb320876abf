import { readFile } from "node:fs/promises";
import { lobbyVariants } from "@pitboss/domain/catalog/lobby-experiment";
import { type Command, Option } from "commander";
import { exitCodes } from "../kernel/exit-codes.ts";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import { type Paint, paintStatus } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["lobby"]["list"]["rows"][number];
type Detail = Outputs["lobby"]["show"];
type Result = Detail["results"][number];

const columns: readonly Column<Row>[] = [
  { title: "code", text: ({ code }) => code, width: 20 },
  { title: "state", text: ({ state }) => state, paint: ({ state }, paint) => paintStatus(paint, state), width: 8 },
  { title: "started (UTC)", text: ({ startedAt }) => startedAt, width: 24 },
  { title: "stopped (UTC)", text: ({ stoppedAt }) => stoppedAt ?? "", width: 24 },
  { title: "variants", text: ({ variants }) => variants.map(({ code, weight }) => `${code}:${weight}`).join(" ") },
  { title: "name", text: ({ name }) => name },
];

export function variantCommands(catalog: Command, run: Run): void {
  const variants = catalog
    .command("variants")
    .description("Experiments with the lobby: variants and what came of each.");
  addPageOptions(
    variants
      .command("list")
      .description("Experiments, the newest first.")
      .addOption(new Option("--state <state>", "only in this state").choices(["RUNNING", "STOPPED"])),
  ).action(
    run(async (world, options: PageOptions & { state?: "RUNNING" | "STOPPED" }) => {
      const engine = connect(world);
      const { state } = options;
      return runList(world, options, columns, (page) => engine.call((api) => api.lobby.list.query({ ...page, state })));
    }),
  );
  variants
    .command("show")
    .description("An experiment: its variants, what players of each did, and how far that differs from the first.")
    .argument("<code>", "which")
    .action(
      run(async (world, code: string) => {
        const engine = connect(world);
        world.out.show(await engine.call((api) => api.lobby.show.query({ code })), describe);
        return exitCodes.ok;
      }),
    );
  variants
    .command("start")
    .description("Start an experiment now. What it compares can't be changed later; one at most is under way.")
    .argument("<code>", "a code that no experiment has had")
    .requiredOption("--name <text>", "what is tried, in a few words")
    .requiredOption(
      "--file <path>",
      "JSON: a list of 2 to 6 variants with code, weight, order (NAME, NEWEST, PROVIDER), categories and tags; the first is what the others are compared with",
    )
    .requiredOption("-r, --reason <text>", "why: it stands in the audit log")
    .action(
      run(async (world, code: string, { name, file, reason }: { name: string; file: string; reason: string }) => {
        const list = await readVariants(file);
        const engine = connect(world);
        const started = await engine.call((api) => api.lobby.start.mutate({ code, name, variants: list, reason }));
        world.out.show(started, (value, paint) => fields([["Started", value.code]], paint));
        return exitCodes.ok;
      }),
    );
  variants
    .command("stop")
    .description("Stop an experiment: everybody sees the lobby in the order of names again.")
    .argument("<code>", "which")
    .requiredOption("-r, --reason <text>", "why: it stands in the audit log")
    .action(
      run(async (world, code: string, { reason }: { reason: string }) => {
        const engine = connect(world);
        const stopped = await engine.call((api) => api.lobby.stop.mutate({ code, reason }));
        world.out.show(stopped, (value, paint) => fields([["Stopped", value.code]], paint));
        return exitCodes.ok;
      }),
    );
}

async function readVariants(path: string) {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch {
    return stop("USAGE", { detail: `The file ${path} can't be read as JSON.` });
  }
  const read = lobbyVariants.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return stop("USAGE", {
    detail: `${path}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is no list of variants"}`,
  });
}

const range = (interval: Result["conversion"]): string =>
  interval === null ? "" : `${interval.value} (${interval.low} to ${interval.high})`;

function describe(detail: Detail, paint: Paint): string[] {
  const { currency, results } = detail;
  return [
    `${paint.bold(plain(detail.name))}  ${paintStatus(paint, detail.state)(detail.state)}`,
    ...fields(
      [
        ["Code", detail.code],
        ["Started", `${detail.startedAt} by ${plain(detail.startedBy)}`],
        ["Stopped", detail.stoppedAt ?? ""],
        ["Without a rate", detail.unrated.join(", ")],
      ],
      paint,
    ),
    "",
    ...table<Result>(
      [
        { title: "variant", text: ({ variant }) => variant },
        { title: "players", text: ({ players }) => players, align: "right" },
        { title: "bettors", text: ({ bettors }) => bettors, align: "right" },
        { title: "bets", text: ({ bets }) => bets, align: "right" },
        { title: `stakes ${currency}`, text: ({ stakes }) => stakes, align: "right" },
        { title: `GGR ${currency}`, text: ({ ggr }) => ggr, align: "right" },
      ],
      results,
      paint,
    ),
    "",
    ...table<Result>(
      [
        { title: "variant", text: ({ variant }) => variant },
        { title: "GGR a player (95 %)", text: ({ ggrPerPlayer }) => range(ggrPerPlayer) },
        { title: "difference", text: ({ ggrDifference }) => range(ggrDifference) },
        { title: "conversion (95 %)", text: ({ conversion }) => range(conversion) },
        { title: "difference", text: ({ conversionDifference }) => range(conversionDifference) },
      ],
      results,
      paint,
    ),
  ];
}
