/**
 * How everything that changes something goes: the engine makes a plan, it is shown with its count and hash, somebody says
 * yes, and exactly that plan is applied, a few items at a time, so that it can be watched and stopped.
 */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { NamedContext } from "../session/contexts.ts";
import { askYes } from "./ask.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Paint } from "./paint.ts";
import { table } from "./printer.ts";
import { stop } from "./stop.ts";
import { plain } from "./text.ts";
import type { World } from "./world.ts";

export interface WriteOptions {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly plan?: string;
  readonly max: number;
  readonly yes?: boolean;
}

export interface ShownItem {
  readonly id: string;
  readonly what: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly hash: string;
}

interface LeftOut {
  readonly id: string;
  readonly code: string;
  readonly sentence: string;
  readonly detail: string | null;
}

export interface ShownPlan {
  readonly action: string;
  readonly hash: string;
  readonly count: number;
  readonly items: readonly ShownItem[];
  readonly leftOut: readonly LeftOut[];
  readonly production: boolean;
}

export type AppliedItem =
  | { readonly id: string; readonly done: true; readonly result: JsonObject }
  | ({ readonly done: false; readonly retry: boolean } & LeftOut);

export interface Write {
  readonly context: NamedContext;
  readonly show: () => Promise<ShownPlan>;
  /** True where the items stand or fall together, as those of a proposal do: they are sent at once. */
  readonly together?: boolean;
  /** Applies some of the plan's items; the answer is in their order. */
  readonly apply: (plan: ShownPlan, items: readonly ShownItem[], reason: string) => Promise<readonly AppliedItem[]>;
}

/** Unless told otherwise nobody changes more than this with one command. */
const usualMax = 100;
const atOnce = 25;

/** The options of every command that changes something. */
export function addWriteOptions(command: Command): Command {
  return command
    .option("-r, --reason <text>", "why: it stands in the audit log (needed, but for --dry-run)")
    .option("-n, --dry-run", "show the plan and change nothing")
    .addOption(new Option("--plan <hash>", "apply exactly the plan that was shown with this hash"))
    .addOption(
      new Option("--max <count>", "refuse a plan of more items than this").default(usualMax).argParser(readMax),
    )
    .option("-y, --yes", "don't ask; needed where nobody sits at a terminal");
}

export async function runWrite(world: World, options: WriteOptions, write: Write): Promise<ExitCode> {
  const { out, talk } = world;
  const dryRun = options.dryRun === true;
  const reason = options.reason?.trim() ?? "";
  if (!dryRun && reason.length < 5) stop("USAGE", { detail: "A change needs --reason, in at least five characters." });
  if (!dryRun && options.yes !== true && !world.asker.possible) {
    stop("USAGE", {
      detail: "Nobody sits at a terminal to be asked: give --yes, best with the --plan that was looked at.",
    });
  }
  const plan = await write.show();
  if (dryRun) {
    out.show(publicPlan(write.context, plan), (_value, paint) => planLines(write.context, plan, paint));
    if (plan.count > 0) talk.say(`Nothing was changed. Apply exactly this with --plan ${plan.hash}`);
    return exitOfPlan(plan);
  }
  talk.lines(planLines(write.context, plan, talk.paint));
  if (options.plan !== undefined && options.plan !== plan.hash) {
    stop("PLAN_CHANGED", { detail: `You gave ${options.plan}; as things stand now it is ${plan.hash}.` });
  }
  if (plan.count > options.max) {
    stop("PLAN_TOO_LARGE", { detail: `It has ${plan.count} items, and --max is ${options.max}.` });
  }
  if (plan.count === 0) {
    if (exitOfPlan(plan) !== exitCodes.ok) stop("NOTHING_APPLIES", { detail: plan.leftOut[0]?.sentence });
    out.show(outcomeOf(write.context, plan, []), () => ["Nothing to do."]);
    return exitCodes.ok;
  }
  await confirm(world, options, write.context, plan);
  return applyAll(world, write, plan, reason);
}

/** In production a yes is not enough: whoever does it names the place, here or on the command line. */
async function confirm(world: World, options: WriteOptions, context: NamedContext, plan: ShownPlan): Promise<void> {
  const production = context.production || plan.production;
  if (options.yes === true) {
    if (production && world.options.context !== context.name) {
      stop("USAGE", { detail: `This is production: with --yes, name it with --context ${context.name}.` });
    }
    return;
  }
  if (!production) {
    if (!(await askYes(world.asker, `Apply this to ${context.name}?`))) stop("SAID_NO");
    return;
  }
  const typed = await world.asker.ask(`This is production. Type the context's name (${context.name}) to apply: `);
  if (typed?.trim() !== context.name) stop("SAID_NO");
}

async function applyAll(world: World, write: Write, plan: ShownPlan, reason: string): Promise<ExitCode> {
  const { out, talk, signal } = world;
  const told = `${reason} (plan ${plan.hash})`;
  const applied: AppliedItem[] = [];
  const progress = talk.progress(plan.action, plan.count);
  const step = write.together === true ? plan.items.length : atOnce;
  for (let from = 0; from < plan.items.length && !signal.aborted; from += step) {
    world.resumeWith(
      `${applied.length} of ${plan.count} were answered for. Give the same command again, without --plan: what is done is left out.`,
    );
    applied.push(...(await write.apply(plan, plan.items.slice(from, from + step), told)));
    progress.at(applied.length);
  }
  progress.end();
  const outcome = outcomeOf(write.context, plan, applied);
  out.show(outcome, (value, paint) => outcomeLines(value, plan, paint));
  if (signal.aborted && applied.length < plan.count) stop("INTERRUPTED");
  if (outcome.failed === 0) return exitCodes.ok;
  return outcome.done > 0 ? exitCodes.partly : exitCodes.refused;
}

/** A plan with nothing in it is fine where it is like that already, and a refusal where it can't be. */
function exitOfPlan({ count, leftOut }: ShownPlan): ExitCode {
  return count > 0 || leftOut.every(({ code }) => code === "NOTHING_CHANGES") ? exitCodes.ok : exitCodes.refused;
}

function publicPlan({ name }: NamedContext, { hash, action, production, count, items, leftOut }: ShownPlan) {
  return {
    context: name,
    action,
    plan: hash,
    production,
    count,
    items: items.map(({ id, what, before, after }) => ({ id, what, before, after })),
    leftOut,
  };
}

export interface Outcome {
  readonly context: string;
  readonly action: string;
  readonly plan: string;
  readonly count: number;
  readonly done: number;
  readonly failed: number;
  readonly items: readonly AppliedItem[];
  readonly leftOut: readonly LeftOut[];
}

function outcomeOf({ name }: NamedContext, plan: ShownPlan, items: readonly AppliedItem[]): Outcome {
  const done = items.filter((item) => item.done).length;
  const { action, hash, count, leftOut } = plan;
  return { context: name, action, plan: hash, count, done, failed: items.length - done, items, leftOut };
}

function planLines({ name }: NamedContext, plan: ShownPlan, paint: Paint): string[] {
  const noun = plan.count === 1 ? "item" : "items";
  return [
    `${paint.bold(plain(plan.action))} in ${paint.bold(name)}: ${paint.bold(String(plan.count))} ${noun}, plan ${paint.bold(plan.hash)}`,
    ...(plan.items.length === 0
      ? []
      : table(
          [
            { title: "id", text: ({ id }) => id },
            { title: "what", text: ({ what }) => what },
            { title: "from", text: ({ before }) => state(before) },
            { title: "to", text: ({ after }) => state(after) },
          ],
          plan.items,
          paint,
        )),
    ...plan.leftOut.map((one) => `${paint.yellow("–")} left out: ${plain(one.id)}: ${plain(whyOf(one))}`),
  ];
}

function outcomeLines({ done, failed, items, action }: Outcome, plan: ShownPlan, paint: Paint): string[] {
  const what = new Map(plan.items.map((item) => [item.id, item.what]));
  return [
    ...items.map((item) =>
      item.done
        ? `${paint.green("✓")} ${plain(item.id)}  ${plain(what.get(item.id) ?? "")}`
        : `${paint.red("✗")} ${plain(item.id)}  ${plain(whyOf(item))}  ${paint.dim(`[${item.code}]`)}`,
    ),
    `${plain(action)}: ${done} done${failed === 0 ? "" : `, ${failed} not`}${items.length < plan.count ? `, ${plan.count - items.length} not tried` : ""}`,
  ];
}

function whyOf({ sentence, detail }: LeftOut): string {
  return detail === null ? sentence : `${sentence} ${detail}`;
}

function state(values: JsonObject): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" ");
}

function readMax(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new InvalidArgumentError("It is a whole number above zero.");
  return Number(text);
}
