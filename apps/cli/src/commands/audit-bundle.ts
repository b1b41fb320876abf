/** Asks for a regulator's bundle, waits until it is made, and fetches it. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { fields } from "../kernel/printer.ts";
import { stop } from "../kernel/stop.ts";
import type { Run } from "../program.ts";
import { connect } from "../session/engine.ts";
import { waitForExport } from "../session/wait-for-export.ts";

interface BundleOptions {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly out?: string;
  readonly reason?: string;
}

export function bundleCommand(audit: Command, run: Run): void {
  audit
    .command("bundle")
    .description(
      "Have a signed archive of the audit log made, for a regulator, and fetch it. Anybody checks it with docs/verify/verify-audit.mjs.",
    )
    .requiredOption("--from <when>", "from this day or instant on, as in 2026-11-01 or 2026-11-01T00:00:00Z")
    .requiredOption("--to <when>", "through this day, or before this instant")
    .option("--zone <zone>", "the time zone of the days and of the table, as in Europe/Malta", "UTC")
    .option("--out <file>", "where to write it; by default audit-<from>-<to>.tar.gz here")
    .option("-r, --reason <text>", "who asked for it and why: it stands in the bundle and in the audit log (needed)")
    .action(
      run(async (world, options: BundleOptions) => {
        const reason = options.reason?.trim() ?? "";
        if (reason.length < 5) stop("USAGE", { detail: "A bundle needs --reason, in at least five characters." });
        const file = resolve(options.out ?? `audit-${nameOf(options.from)}-${nameOf(options.to)}.tar.gz`);
        if (existsSync(file)) stop("USAGE", { detail: `There is a file ${file} already.` });
        const engine = connect(world);
        const { from, to, zone } = options;
        const asked = await engine.call((api) => api.audit.bundle.mutate({ from, to, zone, reason }));
        world.resumeWith(`It is made all the same: ${asked.exportId} is among your exports in the console for a week.`);
        const job = await waitForExport(world, engine, asked.exportId, "Making the bundle");
        const progress = world.talk.progress("Fetching the bundle", Number(job.bytes));
        const got = await engine.download(job.download ?? "", file, (bytes) => progress.at(bytes));
        progress.end();
        world.out.show({ ...asked, file, entries: job.rows, ...got }, (value, paint) =>
          fields(
            [
              ["Bundle", value.file],
              ["Range", `${value.from} to ${value.to}`],
              ["Entries", value.entries],
              ["Bytes", value.bytes],
              ["SHA-256", value.sha256],
              ["Check it", `node docs/verify/verify-audit.mjs ${value.file} --key <the house's published keys>`],
            ],
            paint,
          ),
        );
        return undefined;
      }),
    );
}

function nameOf(text: string): string {
  return text.replace(/[^0-9A-Za-z-]/g, "");
}
