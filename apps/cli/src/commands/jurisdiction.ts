import { readFileSync } from "node:fs";
import { packRules, type PackRules } from "@pitboss/domain/risk/jurisdiction-pack";
import { type Command, Option } from "commander";
import type { Paint } from "../kernel/paint.ts";
import { runPlanned } from "../kernel/planned.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Pack = Outputs["jurisdiction"]["list"][number];
type Change = Pack["changes"][number];

const changeColumns: readonly Column<Change>[] = [
  { title: "rule", text: ({ path }) => path },
  { title: "before", text: ({ before }) => before },
  { title: "after", text: ({ after }) => after },
];

const packColumns: readonly Column<Pack>[] = [
  { title: "jurisdiction", text: ({ code }) => code },
  { title: "version", text: ({ version }) => String(version), align: "right" },
  { title: "standing", text: ({ standing }) => standing },
  { title: "from (UTC)", text: ({ effectiveFrom }) => effectiveFrom },
  { title: "countries", text: ({ countries }) => countries.join(", ") || "all that no other names" },
];

interface ScheduleOptions extends WriteOptions {
  readonly file: string;
  readonly countries?: string;
  readonly from?: string;
}

export function jurisdictionCommands(program: Command, run: Run): void {
  const jurisdiction = program
    .command("jurisdiction")
    .description("What jurisdictions ask for, and proposing a new version of it.");
  jurisdiction
    .command("list")
    .description("Jurisdictions with the versions in force and those that come.")
    .action(
      run(async (world) => {
        const packs = await connect(world).call((api) => api.jurisdiction.list.query());
        const living = packs.filter(({ standing }) => standing !== "PAST");
        world.out.show(living, (all, paint) => table(packColumns, all, paint));
        return undefined;
      }),
    );
  jurisdiction
    .command("show")
    .description("A jurisdiction's versions: the one in force, those that come, those that were; --json has the rules.")
    .argument("<code>", "which, as in UK")
    .action(
      run(async (world, code: string) => {
        const engine = connect(world);
        const packs = await engine.call((api) => api.jurisdiction.list.query());
        const versions = packs.filter((pack) => pack.code === code);
        if (versions.length === 0) stop("USAGE", { detail: `There is no jurisdiction "${code}".` });
        world.out.show(versions, (all, paint) => all.flatMap((pack) => describe(pack, paint)));
        return undefined;
      }),
    );
  jurisdiction
    .command("diff")
    .description("What a file of rules would change against the newest version, and how many players it reaches.")
    .argument("<code>", "which, as in UK")
    .requiredOption("--file <path>", "the rules as JSON, or what `show --json` printed, edited")
    .addOption(new Option("--countries <list>", "its countries, as in GB,IM; those of the newest version without"))
    .action(
      run(async (world, code: string, options: { file: string; countries?: string }) => {
        const engine = connect(world);
        const rules = readRules(options.file);
        const countries = await countriesOf(engine, code, options.countries);
        const found = await engine.call((api) =>
          api.jurisdiction.diff.query({ code, countries, rules, effectiveFrom: null }),
        );
        world.out.show(found, ({ changes, players, basedOn }, paint) => [
          `Against version ${basedOn}: ${changes.length} changes, ${players} players`,
          ...table(changeColumns, changes, paint),
        ]);
        return undefined;
      }),
    );
  addWriteOptions(
    jurisdiction
      .command("schedule")
      .description("Propose a file of rules as the next version; a second person approves it.")
      .argument("<code>", "which, as in UK")
      .requiredOption("--file <path>", "the rules as JSON, or what `show --json` printed, edited")
      .addOption(new Option("--countries <list>", "its countries, as in GB,IM; those of the newest version without"))
      .addOption(new Option("--from <instant>", "when it begins to hold, as in 2027-01-01T00:00:00Z")),
  ).action(
    run(async (world, code: string, options: ScheduleOptions) => {
      const engine = connect(world);
      const rules = readRules(options.file);
      const countries = await countriesOf(engine, code, options.countries);
      const params = { countries, rules, effectiveFrom: options.from ?? null };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.jurisdictionPropose.show.query({ targets: [code], params })),
        (apply) => engine.call((api) => api.plan.jurisdictionPropose.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}

/** More than these are one mistake, made once and found everywhere. */
const mostIssues = 5;

/** Of what `show --json` prints, a list of versions, the rules of the newest. */
function rulesIn(json: unknown): unknown {
  const newest: unknown = Array.isArray(json) ? json.at(-1) : json;
  return typeof newest === "object" && newest !== null && "rules" in newest ? newest.rules : newest;
}

function readRules(path: string): PackRules {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return stop("USAGE", { detail: error instanceof Error ? error.message : `${path} can't be read.` });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return stop("USAGE", { detail: `${path} is not JSON: ${error instanceof Error ? error.message : ""}` });
  }
  // Outside of the try: a refusal is thrown, and must not be caught as if the text were no JSON.
  const parsed = packRules.safeParse(rulesIn(json));
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues.map(({ path: at, message }) => `${at.join(".")}: ${message}`);
  return stop("USAGE", { detail: `${path}: ${said.slice(0, mostIssues).join("; ")}` });
}

async function countriesOf(engine: ReturnType<typeof connect>, code: string, given: string | undefined) {
  if (given !== undefined) return given.split(",").filter((country) => country !== "");
  const packs = await engine.call((api) => api.jurisdiction.list.query());
  return [...(packs.filter((pack) => pack.code === code).at(-1)?.countries ?? [])];
}

function describe(pack: Pack, paint: Paint): string[] {
  return [
    `${paint.bold(plain(pack.code))} version ${pack.version}  ${pack.standing}`,
    ...fields(
      [
        ["From (UTC)", pack.effectiveFrom],
        ["Countries", pack.countries.join(", ") || "all that no other names"],
        ["Approved as", pack.approvalId],
        ["Clocks", pack.rules.zone],
        ["Windows", pack.rules.window],
        ["Looser limits wait", `${pack.rules.increaseHours} h`],
      ],
      paint,
    ),
    ...table(changeColumns, pack.changes, paint),
    "",
  ];
}
