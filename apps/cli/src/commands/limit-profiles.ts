import { readFileSync } from "node:fs";
import { type ProfileName, profileNames, profileRow, type StoredProfileRow } from "@pitboss/domain/risk/limit-profile";
import { formatProfileLines, parseProfileLines } from "@pitboss/domain/risk/profile-lines";
import { Argument, type Command, Option } from "commander";
import { z } from "zod";
import { readTargets, runPlanned } from "../kernel/planned.ts";
import { type Column, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { addWriteOptions, type WriteOptions } from "../kernel/write.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Profile = Outputs["limitProfile"]["list"][number];
type Change = Outputs["limitProfile"]["diff"]["changes"][number];

const columns: readonly Column<Profile>[] = [
  { title: "profile", text: ({ profile }) => profile },
  { title: "version", text: ({ version }) => String(version), align: "right" },
  { title: "standing", text: ({ standing }) => standing },
  { title: "from (UTC)", text: ({ effectiveFrom }) => effectiveFrom },
  { title: "rows", text: ({ rows }) => String(rows.length), align: "right" },
  { title: "approved as", text: ({ approvalId }) => approvalId },
];

const changeColumns: readonly Column<Change>[] = [
  { title: "bound", text: ({ path }) => path },
  { title: "before", text: ({ before }) => before },
  { title: "after", text: ({ after }) => after },
];

interface ScheduleOptions extends WriteOptions {
  readonly file: string;
  readonly from?: string;
}

const whichProfile = () => new Argument("<profile>", "which").choices(profileNames);
const rowsFile = "its rows as `show` prints them, edited, or as JSON";

/** The house's own bounds: what holds, what a file of rows would change, and proposing it. */
export function limitProfileCommands(limits: Command, run: Run): void {
  limits
    .command("profiles")
    .description("Limit profiles with the versions in force and those that come.")
    .action(
      run(async (world) => {
        const all = await connect(world).call((api) => api.limitProfile.list.query());
        world.out.show(
          all.filter(({ standing }) => standing !== "PAST"),
          (shown, paint) => table(columns, shown, paint),
        );
        return undefined;
      }),
    );
  limits
    .command("show")
    .description("The rows of a profile's newest version, one bound a line; --json has every version.")
    .addArgument(whichProfile())
    .action(
      run(async (world, profile: ProfileName) => {
        const all = await connect(world).call((api) => api.limitProfile.list.query());
        const versions = all.filter((one) => one.profile === profile);
        world.out.show(versions, (shown) => formatProfileLines(shown.at(-1)?.rows ?? []).split("\n"));
        return undefined;
      }),
    );
  limits
    .command("diff")
    .description("What a file of rows would change against the newest version, and how many players it reaches.")
    .addArgument(whichProfile())
    .requiredOption("--file <path>", rowsFile)
    .action(
      run(async (world, profile: ProfileName, { file }: { file: string }) => {
        const asked = { profile, rows: readRows(file), effectiveFrom: null };
        const found = await connect(world).call((api) => api.limitProfile.diff.query(asked));
        world.out.show(found, ({ changes, players, basedOn }, paint) => [
          `Against version ${basedOn}: ${changes.length} changes, ${players} players`,
          ...table(changeColumns, changes, paint),
        ]);
        return undefined;
      }),
    );
  addWriteOptions(
    limits
      .command("schedule")
      .description("Propose a file of rows as the profile's next version; a second person approves it.")
      .addArgument(whichProfile())
      .requiredOption("--file <path>", rowsFile)
      .addOption(new Option("--from <instant>", "when it begins to hold, as in 2027-01-01T00:00:00Z")),
  ).action(
    run(async (world, profile: ProfileName, options: ScheduleOptions) => {
      const engine = connect(world);
      const params = { rows: readRows(options.file), effectiveFrom: options.from ?? null };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.profilePropose.show.query({ targets: [profile], params })),
        (apply) => engine.call((api) => api.plan.profilePropose.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
  addWriteOptions(
    limits
      .command("assign")
      .description("Give players another limit profile. One above DEFAULT takes players verified to level 3.")
      .addArgument(whichProfile())
      .argument("<playerId...>", "who, as in p_1a; - reads them from stdin"),
  ).action(
    run(async (world, profile: ProfileName, given: string[], options: WriteOptions) => {
      const engine = connect(world);
      const targets = await readTargets(world, given);
      const params = { profile };
      return runPlanned(
        world,
        engine,
        options,
        () => engine.call((api) => api.plan.profileAssign.show.query({ targets, params })),
        (apply) => engine.call((api) => api.plan.profileAssign.carryOut.mutate({ ...apply, params })),
      );
    }),
  );
}

/** What `show --json` prints, a list of versions; of those the newest. */
const printed = z.union([
  z.array(profileRow),
  z.array(z.looseObject({ rows: z.array(profileRow) })).transform((all) => all.at(-1)?.rows ?? []),
]);

function readRows(path: string): StoredProfileRow[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return stop("USAGE", { detail: error instanceof Error ? error.message : `${path} can't be read.` });
  }
  if (/^\s*\[/.test(text)) return readJson(path, text);
  const rows = parseProfileLines(text);
  if (rows.ok) return rows.value;
  return stop("USAGE", {
    detail: `${path}, line ${String(rows.error.data?.["line"] ?? "")}: ${rows.error.detail ?? ""}`,
  });
}

function readJson(path: string, text: string): StoredProfileRow[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return stop("USAGE", { detail: `${path} is not JSON: ${error instanceof Error ? error.message : ""}` });
  }
  const rows = printed.safeParse(json);
  return rows.success ? rows.data : stop("USAGE", { detail: `${path}: ${z.prettifyError(rows.error)}` });
}
