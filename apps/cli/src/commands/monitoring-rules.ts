/** Rules that watch, for both desks: what is in force, one with its versions, and whom it would have hit. */
import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { ruleBody, type RuleBody } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { exitCodes } from "../kernel/exit-codes.ts";
import type { Paint } from "../kernel/paint.ts";
import { type Column, fields, table } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";

type Desk = "aml" | "risk";
type Rule = Outputs["aml"]["rules"]["list"][number];
type Hit = Outputs["aml"]["rules"]["dryRun"]["hits"][number];

const ruleColumns: readonly Column<Rule>[] = [
  { title: "rule", text: ({ code }) => code },
  { title: "version", text: ({ version }) => String(version), align: "right" },
  { title: "on", text: ({ on }) => (on ? "on" : "off") },
  { title: "severity", text: ({ severity }) => severity },
  { title: "looks for", text: ({ conditions }) => conditions.kind },
  { title: "then", text: ({ reaction }) => reaction.do },
  { title: "title", text: ({ title }) => title },
];

const hitColumns: readonly Column<Hit>[] = [
  { title: "player", text: ({ playerId }) => playerId, width: 8 },
  { title: "nickname", text: ({ nickname }) => nickname, width: 20 },
  { title: "when (UTC)", text: ({ happenedAt }) => happenedAt, width: 24 },
  { title: "measured", text: ({ measured }) => describeMeasured(measured), width: 40 },
];

interface DryRunOptions {
  readonly file?: string;
  readonly from?: string;
  readonly to?: string;
}

export function ruleCommands(parent: Command, run: Run, desk: Desk): void {
  parent
    .command("rules")
    .description("The rules in force; with a code, one of them with its versions.")
    .argument("[code]", "which")
    .action(
      run(async (world, code: string | undefined) => {
        const engine = connect(world);
        if (code === undefined) {
          const rules = await engine.call((api) => api[desk].rules.list.query());
          world.out.show(rules, (value, paint) => table(ruleColumns, value, paint));
        } else {
          const versions = await engine.call((api) => api[desk].rules.versions.query({ code }));
          world.out.show(versions, describeVersions);
        }
        return undefined;
      }),
    );
  parent
    .command("dry-run")
    .description("Whom a rule would have hit, over history. Writes nothing.")
    .argument("<code>", "the rule's code, as it is or as it would be new")
    .option("--file <json>", "another body of the rule, as 'rules <code> --json' shows it")
    .option("--from <instant>", "UTC, ISO 8601; 30 days back where it is not given", readInstant)
    .option("--to <instant>", "UTC, ISO 8601", readInstant)
    .action(run((world, code: string, options: DryRunOptions) => dryRun(world, desk, code, options)));
}

async function dryRun(world: World, desk: Desk, code: string, { file, from, to }: DryRunOptions) {
  const engine = connect(world);
  const body = file === undefined ? null : await readBody(file);
  const hits: Hit[] = [];
  let looked = 0;
  let reaction = "";
  let cursor: string | null = null;
  do {
    const page: Outputs["aml"]["rules"]["dryRun"] = await engine.call((api) =>
      api[desk].rules.dryRun.query({ code, body, from, to, cursor }),
    );
    hits.push(...page.hits);
    looked += page.looked;
    reaction = page.reaction;
    cursor = page.next;
    if (world.signal.aborted && cursor !== null) stop("INTERRUPTED");
  } while (cursor !== null);
  world.out.show({ looked, reaction, hits }, (value, paint) => [
    ...(value.hits.length === 0 ? ["It would have found nobody."] : table(hitColumns, value.hits, paint)),
    "",
    `${value.looked} players looked at, ${value.hits.length} findings; each would be followed by ${value.reaction}.`,
  ]);
  return exitCodes.ok;
}

async function readBody(path: string): Promise<RuleBody> {
  const text = await readFile(path, "utf8").catch(() => stop("USAGE", { detail: `${path} can't be read.` }));
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return stop("USAGE", { detail: `${path} is not JSON.` });
  }
  // What a version has beside its body is left out, so that what was shown can be edited and tried.
  const version: unknown = Array.isArray(read) ? read[0] : read;
  const { code: _c, version: _v, setAt: _a, setBy: _b, why: _w, ...body } = Object(version) as Record<string, unknown>;
  const parsed = ruleBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  return stop("USAGE", { detail: `${first?.path.join(".") ?? ""}: ${first?.message ?? "not a rule"}` });
}

export function describeMeasured(measured: Readonly<Record<string, string>>): string {
  return Object.entries(measured)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

function describeVersions(versions: readonly Rule[], paint: Paint): string[] {
  return versions.flatMap((rule) => [
    `${paint.bold(plain(rule.code))} version ${rule.version}${rule.on ? "" : " (off)"}`,
    ...fields(
      [
        ["Title", rule.title],
        ["Source", rule.source === "" ? null : rule.source],
        ["Looks for", JSON.stringify(rule.conditions)],
        ["Then", JSON.stringify(rule.reaction)],
        ["Severity", rule.severity],
        ["Quiet", `${rule.quietDays} days`],
        ["Set", `${rule.setAt} by ${rule.setBy}: ${rule.why}`],
      ],
      paint,
    ),
    "",
  ]);
}

function readInstant(text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new InvalidArgumentError("It is an instant, as in 2026-11-27T12:00:00Z.");
  return new Date(ms).toISOString();
}
