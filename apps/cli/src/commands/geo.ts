import { type GeoFindingRule, geoFindingRules, type GeoVerdict, geoVerdicts } from "@pitboss/domain/risk/geo";
import { type Command, InvalidArgumentError, Option } from "commander";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import type { Paint } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Row = Outputs["geo"]["list"]["rows"][number];
type Explained = Outputs["geo"]["explain"];
type Finding = Row["findings"][number];

const columns: readonly Column<Row>[] = [
  { title: "decision", text: ({ decisionId }) => decisionId, width: 9 },
  { title: "at (UTC)", text: ({ at }) => at, width: 24 },
  {
    title: "verdict",
    text: ({ verdict }) => verdict,
    paint: ({ verdict }, paint) => colourOf(verdict, paint),
    width: 7,
  },
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "rule", text: ({ rule }) => rule, width: 14 },
  { title: "about", text: ({ findings }) => findings[0]?.about ?? null, width: 28 },
  { title: "occasion", text: ({ occasion }) => occasion, width: 9 },
  { title: "pack", text: ({ jurisdiction, packVersion }) => `${jurisdiction} v${packVersion}`, width: 12 },
];

const findingColumns: readonly Column<Finding>[] = [
  { title: "finding", text: ({ rule }) => rule },
  { title: "verdict", text: ({ verdict }) => verdict, paint: ({ verdict }, paint) => colourOf(verdict, paint) },
  { title: "about", text: ({ about }) => about },
];

interface ListOptions extends PageOptions {
  readonly verdict?: GeoVerdict;
  readonly rule?: GeoFindingRule;
  readonly jurisdiction?: string;
  readonly player?: string;
}

interface ExplainOptions {
  readonly ip?: string;
  readonly at?: { readonly latitude: number; readonly longitude: number };
  readonly device?: string;
  readonly document?: string;
  readonly player?: string;
}

export function geoCommands(program: Command, run: Run): void {
  const geo = program
    .command("geo")
    .description("Where players were, and what the jurisdictions' rules make of a place.");
  geo
    .command("explain")
    .description("What the rules that hold now make of a place: exit code 3 where one refuses it. Nothing is kept.")
    .option("--ip <address>", "a network address")
    .addOption(
      new Option("--at <latitude,longitude>", "a position in degrees, as in 35.8989,14.5146").argParser(readPosition),
    )
    .option("--device <country>", "the country that a device told, as in MT, where it told no position")
    .option("--document <country>", "the country that issued the document, as in MT")
    .option("--player <playerId>", "whose account, document and jurisdiction count")
    .action(
      run(async (world, { ip, at, device, document, player: playerId }: ExplainOptions) => {
        if (ip === undefined && at === undefined && device === undefined && document === undefined) {
          stop("USAGE", { detail: "Give --ip, --at, --device or --document." });
        }
        const asked = { ip, position: at, deviceCountry: device, documentCountry: document, playerId };
        const explained = await connect(world).call((api) => api.geo.explain.query(asked));
        world.out.show(explained, describe);
        return explained.packs.some(({ verdict }) => verdict === "REFUSE") ? 3 : undefined;
      }),
    );
  addPageOptions(
    geo
      .command("list")
      .description("What was found when players launched games and paid in, newest first.")
      .addOption(
        new Option("--verdict <verdict>", "only these; ALLOW shows where nothing was found").choices(geoVerdicts),
      )
      .addOption(new Option("--rule <rule>", "only what this rule found first").choices(geoFindingRules))
      .option("--jurisdiction <code>", "only under this pack, as in DE")
      .option("--player <playerId>", "only of this player"),
  ).action(
    run(async (world, options: ListOptions) => {
      const engine = connect(world);
      const { verdict, rule, jurisdiction, player: playerId } = options;
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.geo.list.query({ ...page, verdict, rule, jurisdiction, playerId })),
      );
    }),
  );
  geo
    .command("show")
    .description("One decision: what was known, what was found, by which version of which rules.")
    .argument("<decisionId>", "which, as in geo_3")
    .action(
      run(async (world, decisionId: string) => {
        world.out.show(await connect(world).call((api) => api.geo.show.query({ decisionId })), describeDecision);
        return undefined;
      }),
    );
}

function readPosition(text: string): { latitude: number; longitude: number } {
  const parts = text.split(",").map((part) => part.trim());
  const [latitude = Number.NaN, longitude = Number.NaN] = parts.map((part) =>
    part === "" ? Number.NaN : Number(part),
  );
  if (parts.length !== 2 || !(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
    throw new InvalidArgumentError("It is two numbers in degrees, as in 35.8989,14.5146.");
  }
  return { latitude, longitude };
}

function colourOf(verdict: GeoVerdict, paint: Paint): (text: string) => string {
  return { ALLOW: paint.green, FLAG: paint.yellow, REFUSE: paint.red }[verdict];
}

function describe(place: Explained, paint: Paint): string[] {
  return [
    ...fields(
      [
        ["Country of the address", place.ipCountry ?? "not known"],
        ["Hides", place.hides ?? "not known"],
        ["Country of the device", place.deviceCountry ?? "not known"],
        ["Country of the document", place.documentCountry ?? "not known"],
        ["Vendor that was asked", place.vendor],
      ],
      paint,
    ),
    ...place.packs.flatMap(({ code, version, verdict, findings }) => [
      "",
      `${paint.bold(plain(code))} v${version}  ${colourOf(verdict, paint)(verdict)}`,
      ...(findings.length === 0 ? [] : table(findingColumns, findings, paint)),
    ]),
  ];
}

function describeDecision(decision: Row, paint: Paint): string[] {
  const { position, inputs } = decision;
  return [
    `${paint.bold(plain(decision.decisionId))}  ${colourOf(decision.verdict, paint)(decision.verdict)}`,
    ...fields(
      [
        ["At (UTC)", decision.at],
        ["Player", decision.playerId],
        ["Occasion", decision.occasion],
        ["Jurisdiction", `${decision.jurisdiction} v${decision.packVersion}`],
        ["Version of the rules", String(decision.ruleVersion)],
        ["Address", decision.ip],
        ["Position", position === null ? null : `${position.latitude}, ${position.longitude}`],
        ...Object.entries(inputs).map(([name, value]): [string, string] => [name, String(value ?? "not known")]),
      ],
      paint,
    ),
    "",
    ...(decision.findings.length === 0 ? ["Nothing was found."] : table(findingColumns, decision.findings, paint)),
  ];
}
