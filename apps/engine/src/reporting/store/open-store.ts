/** Which store this house has. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../config.ts";
import { createClickhouseStore } from "./clickhouse-store.ts";
import { type ColumnStore, StoreUnavailable } from "./column-store.ts";
import { readEndpoint } from "./embedded/endpoint-file.ts";

export type StoreKind = "server" | "embedded" | "off";

/** How long a call waits for an embedded store that is still starting. */
const patienceMs = 10_000;
const lookMs = 50;
const goodForMs = 2_000;

export function storeKind({ REPORTS, CLICKHOUSE_URL }: Pick<Config, "REPORTS" | "CLICKHOUSE_URL">): StoreKind {
  if (REPORTS === "off") return "off";
  if (CLICKHOUSE_URL !== undefined) return "server";
  return hasChdb() ? "embedded" : "off";
}

export function openStore(config: Pick<Config, "REPORTS" | "CLICKHOUSE_URL" | "PITBOSS_DATA_DIR">): ColumnStore {
  const { CLICKHOUSE_URL: url, PITBOSS_DATA_DIR: dataDir } = config;
  switch (storeKind(config)) {
    case "server":
      return createClickhouseStore(() => Promise.resolve({ url: url ?? "" }));
    case "embedded":
      return createClickhouseStore(createFinder(dataDir));
    case "off":
      return createClickhouseStore(() => Promise.reject(new StoreUnavailable("this house keeps no reports")));
  }
}

/** The address that was good a moment ago is taken without asking; after a crash the next process has another one. */
function createFinder(dataDir: string): () => Promise<{ url: string }> {
  let known: { readonly url: string; readonly untilMs: number } | undefined;
  return async () => {
    if (known !== undefined && performance.now() < known.untilMs) return known;
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const url = await readEndpoint(dataDir);
      if (url !== undefined && (await isUp(url))) {
        known = { url, untilMs: performance.now() + goodForMs };
        return known;
      }
      if (performance.now() > giveUpAt) throw new StoreUnavailable("the embedded store of reports is not up");
      await sleep(lookMs);
    }
  };
}

async function isUp(url: string): Promise<boolean> {
  const { origin } = new URL(url);
  return fetch(`${origin}/ping`, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** It is an optional package: there is none for Windows, and a server in a container leaves it out. */
function hasChdb(): boolean {
  try {
    import.meta.resolve("chdb");
    return true;
  } catch {
    return false;
  }
}
