/**
 * Work that nobody waits for: mails, mostly. An answer that took longer where a mail was sent would tell whether an
 * account exists. What is under way when the engine stops is finished first.
 */
import type { Logger } from "../../kernel/log.ts";

export interface Errands {
  run(name: string, work: () => Promise<unknown>): void;
  /** Resolves once nothing is under way. */
  settled(): Promise<void>;
}

export function createErrands(log: Logger): Errands {
  const open = new Set<Promise<void>>();
  return {
    run(name, work) {
      const errand: Promise<void> = work()
        .then(
          () => undefined,
          (error: unknown) => log.warn({ err: error, errand: name }, "an errand failed"),
        )
        .finally(() => open.delete(errand));
      open.add(errand);
    },
    async settled() {
      while (open.size > 0) await Promise.all(open);
    },
  };
}
