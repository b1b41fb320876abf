import { z } from "zod";

/**
 * What the seed of the demo casino prints on stdout: names and values, in groups or lists of groups. It is shown as it
 * comes, so that a seed may bring new kinds of sign-ins without a change here.
 */
const seedValue = z.union([z.string(), z.number(), z.boolean()]);
const seedGroup = z.record(z.string(), seedValue);
const seedReport = z.record(z.string(), z.union([seedValue, seedGroup, z.array(seedGroup)]));

export type SeedReport = z.infer<typeof seedReport>;

interface Announcement {
  readonly engineUrl: string;
  readonly consoleUrl: string | undefined;
  readonly database: string;
  readonly seed: SeedReport;
  readonly logs: string;
}

/** What is announced is read for longer than a code counts, and again by a second start. */
const currentCodes = "  A code counts for half a minute and once; npx pitboss demo totp prints the current ones.";

/** Reads the last line of the seed's output that is JSON. */
export function readSeedReport(stdout: string): SeedReport {
  const line = stdout
    .trim()
    .split("\n")
    .findLast((text) => text.startsWith("{"));
  return seedReport.parse(JSON.parse(line ?? "{}"));
}

export function renderAnnouncement({ engineUrl, consoleUrl, database, seed, logs }: Announcement): string {
  const addresses = [
    ...(consoleUrl === undefined ? [] : [["Console", consoleUrl]]),
    ["Public API", engineUrl],
    ["  reference", `${engineUrl}/docs`],
    ["  contract", `${engineUrl}/openapi.json`],
    ["Database", database],
    ["Logs", logs],
  ];
  const signIns = renderTable(Object.entries(seed).flatMap(([name, value]) => describeSeed(name, value)));
  const demo = signIns.length === 0 ? [] : ["", "Demo sign-ins", ...signIns, "", currentCodes];
  return [...renderTable(addresses), ...demo].join("\n");
}

function describeSeed(name: string, value: SeedReport[string]): string[][] {
  // A flag tells the program something, not the person.
  if (typeof value === "boolean") return [];
  if (Array.isArray(value)) return value.map((group) => [name, ...Object.values(group).map(String)]);
  if (typeof value === "object") return [[name, ...Object.values(value).map(String)]];
  return [[name, String(value)]];
}

function renderTable(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}
