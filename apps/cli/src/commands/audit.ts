import { actorKinds } from "@pitboss/domain/audit/audit-entry";
import { type Command, Option } from "commander";
import { exitCodes } from "../kernel/exit-codes.ts";
import { addPageOptions, type PageOptions, runList } from "../kernel/list.ts";
import type { Column } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import { plain } from "../kernel/text.ts";
import type { World } from "../kernel/world.ts";
import type { Run } from "../program.ts";
import type { Outputs } from "../session/api-types.ts";
import { connect } from "../session/engine.ts";
import { bundleCommand } from "./audit-bundle.ts";

type Entry = Outputs["audit"]["list"]["rows"][number];

const columns: readonly Column<Entry>[] = [
  { title: "id", text: ({ auditId }) => auditId, width: 8 },
  { title: "at (UTC)", text: ({ at }) => at, width: 27 },
  { title: "who", text: ({ actor }) => actor.name ?? `${actor.kind} ${actor.id}`, width: 20 },
  { title: "by", text: ({ channel }) => channel, width: 7 },
  { title: "did", text: ({ action }) => action, width: 22 },
  { title: "to", text: ({ subject }) => `${subject.kind} ${subject.id}`, width: 18 },
  { title: "why", text: ({ reason }) => reason },
];

interface SearchOptions extends PageOptions {
  readonly actorKind?: (typeof actorKinds)[number];
  readonly actor?: string;
  readonly subjectKind?: string;
  readonly subject?: string;
  readonly action?: string;
  readonly from?: string;
  readonly to?: string;
}

export function auditCommands(program: Command, run: Run): void {
  const audit = program
    .command("audit")
    .description("Who did what, and the proof that nobody changed the record of it.");
  addPageOptions(
    audit
      .command("search")
      .description("Search the audit log, newest first. With --json each entry has what was before and after.")
      .addOption(new Option("--actor-kind <kind>", "what kind of actor").choices(actorKinds))
      .option("--actor <id>", "who, as in st_4")
      .option("--subject-kind <kind>", "what kind of thing it was done to, as in player")
      .option("--subject <id>", "what it was done to, as in p_1a")
      .option("--action <action>", "what was done, as in player.lock")
      .option("--from <instant>", "from this instant on, as in 2026-11-23T03:00:00Z")
      .option("--to <instant>", "before this instant"),
  ).action(
    run(async (world, options: SearchOptions) => {
      const engine = connect(world);
      const { actorKind, actor: actorId, subjectKind, subject: subjectId, action, from, to } = options;
      const filter = { actorKind, actorId, subjectKind, subjectId, action, from, to };
      return runList(world, options, columns, (page) =>
        engine.call((api) => api.audit.list.query({ ...filter, ...page })),
      );
    }),
  );
  bundleCommand(audit, run);
  audit
    .command("verify")
    .description(
      "Check every entry against its hash, every hash against the chain, every checkpoint against its signature. Ends with 6 where something is wrong.",
    )
    .option("--from <position:hash>", "go on after this point of the chain, as an earlier run printed it")
    .action(
      run(async (world, options: { from?: string }) => {
        const { end, entries, checkpoints, broken } = await verify(world, options.from);
        const state = broken === null ? "ok" : "drift";
        world.out.show({ state, entries, checkpoints, end, broken }, (value, paint) => [
          value.broken === null
            ? `${paint.green("✓")} ${value.entries} entries and ${value.checkpoints} checkpoints: the chain holds.`
            : `${paint.red("✗")} At position ${value.broken.position}: ${plain(value.broken.what)}.`,
          `Chain end ${value.end.position}:${value.end.chainHash}`,
        ]);
        return broken === null ? exitCodes.ok : exitCodes.drift;
      }),
    );
}

type Verified = Outputs["audit"]["verify"];

async function verify(world: World, given: string | undefined): Promise<Omit<Verified, "done">> {
  const engine = connect(world);
  const progress = world.talk.progress("Checking entries", undefined);
  let from = given === undefined ? null : readPoint(given);
  let entries = 0;
  let checkpoints = 0;
  for (;;) {
    const part = await engine.call((api) => api.audit.verify.query({ from }));
    entries += part.entries;
    checkpoints += part.checkpoints;
    if (part.done || part.broken !== null) {
      progress.end();
      return { end: part.end, entries, checkpoints, broken: part.broken };
    }
    from = part.end;
    progress.at(entries);
    world.resumeWith(`Go on with: pitboss audit verify --from ${from.position}:${from.chainHash}`);
    if (world.signal.aborted) stop("INTERRUPTED");
  }
}

function readPoint(text: string): { position: string; chainHash: string } {
  const [, position, chainHash] = /^([0-9]{1,19}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (position === undefined || chainHash === undefined) {
    stop("USAGE", { detail: "A point of the chain is its position, a colon and its hash." });
  }
  return { position, chainHash };
}
