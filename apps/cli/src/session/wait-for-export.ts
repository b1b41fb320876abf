/** Waits until a file that was asked for is made. */
import { setTimeout as sleep } from "node:timers/promises";
import { Stop, stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import type { Outputs } from "./api-types.ts";
import type { Engine } from "./engine.ts";

type Job = Outputs["export"]["list"]["rows"][number];

const lookEveryMs = 500;

export async function waitForExport(world: World, engine: Engine, exportId: string, what: string): Promise<Job> {
  const progress = world.talk.progress(what, undefined);
  for (;;) {
    const { rows } = await engine.call((api) => api.export.list.query({ limit: 50 }));
    const job = rows.find((row) => row.exportId === exportId);
    if (job?.status === "DONE") {
      progress.end();
      return job;
    }
    if (job === undefined || job.status === "FAILED") {
      progress.end();
      throw new Stop({ exit: 1, code: "EXPORT_FAILED", sentence: job?.failure ?? "The file is no longer there." });
    }
    if (world.signal.aborted) stop("INTERRUPTED");
    await sleep(lookEveryMs);
  }
}
