/** What a simulated aggregator knows of free spins: the issues, kept in a journal so that they outlive the process. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { IssueStatus } from "@pitboss/domain/gaming/free-spins/free-spins-words";
import { z } from "zod";

const id = z.string().min(1).max(128);
/** As the public document has it; fields that it names and the house does not send may be missing. */
export const issueRequest = z.object({
  casino_id: id,
  issue_id: id,
  currency: z.string().min(3).max(10),
  games: z.array(id).max(100),
  freespins_quantity: z.int().min(1),
  bet_level: z.int().min(1).optional(),
  valid_until: z.iso.datetime(),
  user: z.looseObject({ id }),
});
export type IssueRequest = z.infer<typeof issueRequest>;
export const aboutRequest = z.object({ casino_id: id, issue_id: id });

export interface SimulatedGame {
  readonly id: string;
  readonly studio: string;
  /** Of the studio at all, and in this game. */
  readonly studioHasFreeSpins: boolean;
  readonly gameHasFreeSpins: boolean;
}

export interface Issue {
  readonly request: IssueRequest;
  status: IssueStatus;
  /** Minor units. */
  total: number;
  /** What the house has acknowledged. */
  told: IssueStatus;
  syncedAtMs: number;
}

export type Verdict = { readonly code: null } | { readonly code: number; readonly message: string };
const well: Verdict = { code: null };
const mostMs = 31 * 24 * 3_600_000;

const messages: Readonly<Record<number, string>> = {
  400: "Bad request.",
  403: "Forbidden.",
  404: "Not found.",
  405: "Game is not available to your casino.",
  500: "Unknown error.",
  503: "Service is unavailable.",
  600: "This studio provides no freespins.",
  601: "No freespins in the requested game.",
  602: "At least one game is needed.",
  603: "Bad expiration date.",
  605: "The issue can't go from its state to the requested one.",
  606: "The issue's state is not synced yet.",
  607: "Games of different studios.",
  610: "Invalid freespins issue.",
  611: "The issue has expired.",
  620: "The issue can't be canceled.",
};

export function verdict(code: number): Verdict {
  return { code, message: messages[code] ?? "Refused." };
}

export function openIssueBook(journal: string, casinoId: string, syncMs: () => number) {
  const issues = new Map<string, Issue>();
  mkdirSync(dirname(journal), { recursive: true });
  const written = existsSync(journal) ? readFileSync(journal, "utf8") : "";
  for (const text of written.split("\n")) {
    const line = readLine(text);
    if (line !== undefined) issues.set(line.request.issue_id, line);
  }
  const file = openSync(journal, "a");
  if (written !== "" && !written.endsWith("\n")) writeSync(file, "\n");

  /** On the disk before it is answered. */
  function keep(issue: Issue): void {
    writeSync(file, `${JSON.stringify(issue)}\n`);
    fsyncSync(file);
    issues.set(issue.request.issue_id, issue);
  }

  function expire(issue: Issue, nowMs: number): void {
    const isOpen = issue.status === "issued" || issue.status === "active";
    if (isOpen && Date.parse(issue.request.valid_until) <= nowMs) keep({ ...issue, status: "expired" });
  }

  return {
    all: () => [...issues.values()],
    find: (issueId: string) => issues.get(issueId),
    keep,
    expireAll: (nowMs: number) => [...issues.values()].forEach((issue) => expire(issue, nowMs)),
    issue(request: IssueRequest, games: readonly SimulatedGame[], nowMs: number): Verdict {
      if (request.casino_id !== casinoId) return verdict(404);
      const known = issues.get(request.issue_id);
      if (known !== undefined) {
        return JSON.stringify(known.request) === JSON.stringify(request) ? well : verdict(605);
      }
      const code = refusalOf(request, games, nowMs);
      if (code !== undefined) return verdict(code);
      keep({ request, status: "issued", total: 0, told: "issued", syncedAtMs: nowMs + syncMs() });
      return well;
    },
    cancel(issueId: string, nowMs: number): Verdict {
      const issue = issues.get(issueId);
      if (issue === undefined) return verdict(610);
      expire(issue, nowMs);
      const now = issues.get(issueId) ?? issue;
      if (now.status === "expired") return verdict(611);
      if (now.status === "active") return verdict(620);
      if (now.status !== "issued") return verdict(605);
      if (now.syncedAtMs > nowMs) return verdict(606);
      keep({ ...now, status: "canceled" });
      return well;
    },
    end: () => closeSync(file),
  };
}

function refusalOf(request: IssueRequest, games: readonly SimulatedGame[], nowMs: number): number | undefined {
  if (request.games.length === 0) return 602;
  const wanted = request.games.map((id) => games.find((game) => game.id === id));
  if (wanted.some((game) => game === undefined)) return 405;
  const found = wanted.filter((game) => game !== undefined);
  if (new Set(found.map(({ studio }) => studio)).size > 1) return 607;
  if (found.some(({ studioHasFreeSpins }) => !studioHasFreeSpins)) return 600;
  if (found.some(({ gameHasFreeSpins }) => !gameHasFreeSpins)) return 601;
  const endsMs = Date.parse(request.valid_until);
  return endsMs <= nowMs || endsMs - nowMs > mostMs ? 603 : undefined;
}

/** A line that a kill has cut off was not answered either. */
function readLine(text: string): Issue | undefined {
  try {
    return JSON.parse(text) as Issue;
  } catch {
    return undefined;
  }
}
