/**
 * Takes in daily files that providers, or whoever fetches theirs, put into the object store as
 * `provider-inbox/<provider>/<day>.csv` or `.json`. A file that is put there again with other bytes is taken in again.
 */
import { createHash } from "node:crypto";
import { isFileKnown } from "@pitboss/db/gaming/provider-file-store";
import { findProviderId } from "@pitboss/db/gaming/provider-store";
import { failRun, startRun } from "@pitboss/db/ops/recon-run-store";
import type { HealingMetrics } from "../../ops/metrics.ts";
import { dayMs, dayOf } from "./load-day.ts";
import { importRoundFile, readFile, type ReconcileDeps, scopeOf } from "./reconcile-day.ts";

const inbox = "provider-inbox/";
/** Files of older days are taken in by people alone. */
const keepDays = 14;
const namePattern = /^provider-inbox\/([a-z0-9_-]{1,80})\/(\d{4}-\d{2}-\d{2})\.(csv|json)$/;

const by = "job:take-in-files";

export interface Inbox {
  /** There is never more to do at once. */
  readonly run: () => Promise<false>;
}

export function createInbox(deps: ReconcileDeps, metrics: Pick<HealingMetrics, "countAlert">): Inbox {
  /** Files that could not be taken in, as they were: nothing is gained by trying the same bytes again. */
  const refused = new Set<string>();

  async function takeIn(name: string): Promise<void> {
    const [, provider = "", day = "", format] = namePattern.exec(name) ?? [];
    const oldest = dayOf(deps.clock.now() - keepDays * dayMs);
    if (format === undefined || day < oldest) return;
    const bytes = await deps.objects.get(name);
    if (bytes === undefined) return;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const providerId = await findProviderId(deps.db, provider);
    if (refused.has(`${name} ${sha256}`)) return;
    if (providerId !== undefined && (await isFileKnown(deps.db, providerId, day, sha256))) return;
    const given = { provider, day, format: format as "csv" | "json", text: Buffer.from(bytes).toString("utf8") };
    const read = await readFile(deps, given);
    const run = read.ok ? await importRoundFile(deps, metrics, given, read.value, { by, trigger: "IMPORT" }) : read;
    if (run.ok || run.error.code === "RUN_UNDER_WAY") return;
    refused.add(`${name} ${sha256}`);
    const why = run.error.detail ?? run.error.code;
    deps.log.warn({ file: name, why }, "a provider's daily file was not taken in");
    await tellFailure(day, provider, why);
  }

  /** A run that failed is what staff sees of it. */
  async function tellFailure(day: string, provider: string, why: string): Promise<void> {
    const scope = scopeOf(provider, day);
    const run = await startRun(deps.db, { source: "provider", scope, day, trigger: "IMPORT", startedBy: by });
    if (run !== undefined) await failRun(deps.db, run, why.slice(0, 300));
  }

  return {
    async run() {
      for (const name of await deps.objects.list(inbox)) await takeIn(name);
      return false;
    },
  };
}
