/**
 * What a day's work would have left behind: notes and tags on players, proposals that wait for a second person, views that
 * the team shares. It goes through the same procedures as everybody's work, so its audit rows are as they always are, and
 * say by their device that nobody sat there.
 */
import { randomUUID } from "node:crypto";
import { listStaff } from "@pitboss/db/identity/staff-directory";
import { listProviders } from "@pitboss/db/catalog/provider-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert, ok } from "@pitboss/domain/kernel/result";
import { deductions } from "@pitboss/domain/reporting/figures";
import { startLobbyExperiment } from "../catalog/staff/lobby-experiments.ts";
import { createCaller, router } from "../edge/trpc/procedure.ts";
import { saveOwnView } from "../identity/account/saved-views.ts";
import type { StaffActor } from "../identity/actor.ts";
import { approveApproval } from "../identity/approvals/decide-approval.ts";
import { showApproval } from "../identity/approvals/list-approvals.ts";
import { proposeAdjustment, proposeRole } from "../identity/approvals/propose.ts";
import { addPlayerTag } from "../identity/players/change-player.ts";
import { writeNote } from "../identity/players/player-notes.ts";
import type { StaffDeps } from "../identity/staff-deps.ts";
import { reattributePlayer } from "../reporting/affiliates/attribute-player.ts";
import { addCode, createAffiliate, setPlan } from "../reporting/affiliates/keep-affiliates.ts";
import { proposeCharge } from "../reporting/charges/charge-procedures.ts";
import { createLog } from "../kernel/log.ts";
import { createLiveFeed } from "../ops/live/live-feed.ts";

const callerOf = createCaller(
  router({
    writeNote,
    addPlayerTag,
    proposeAdjustment,
    proposeRole,
    saveOwnView,
    createAffiliate,
    addCode,
    setPlan,
    startLobbyExperiment,
    reattributePlayer,
    proposeCharge,
    showApproval,
    approveApproval,
  }),
);
type Api = ReturnType<typeof callerOf>;

/** `players` are those of a house that was opened just now, at least ten. */
export async function furnishDemoOffice(deps: StaffDeps, players: readonly bigint[]): Promise<void> {
  const staff = await listStaff(deps.db, { limit: 50 });
  const nobodyWatches = createLiveFeed({
    openReader: () => ({ read: () => Promise.resolve({ items: [], leftOut: false }) }),
    log: createLog("silent"),
  });
  const as = (role: string): Api => {
    const person = staff.find(({ name }) => name === `Demo ${role}`);
    assert(person !== undefined, "the demo has everybody");
    const actor: StaffActor = {
      kind: "staff",
      staffId: person.id,
      name: person.name,
      email: person.email,
      roles: person.roles,
      sessionId: 0n,
      channel: "console",
      secondFactorAtMs: deps.clock.now(),
      ip: null,
      userAgent: "the demo's seed",
    };
    return callerOf({ deps, live: nobodyWatches, actor: ok(actor), traceId: randomUUID() });
  };
  const ids = players.map((player) => formatId("player", player));
  const of = (index: number): string => ids[index % ids.length] ?? "";
  await keepNotes(as("support"), of);
  await propose(as, of, formatId("staff", staff.find(({ name }) => name === "Demo operations")?.id ?? 0n));
  await shareViews(as("operations"));
  await tryLobby(as("operations"));
  const lastMonth = monthBefore(new Date(deps.clock.now()));
  await bringPartners(as, ids.slice(0, 6), lastMonth);
  const providers = (await listProviders(deps.db)).filter(({ code }) => code !== ownProvider);
  await agreeFees(
    as,
    providers.map(({ code }) => code),
    `${lastMonth}-01`,
  );
}

/** The code under which the house's own games stand; nobody takes a part of those. */
const ownProvider = "pitboss";

/** `2026-10`, of UTC. */
function monthBefore(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}

/** What each provider takes of its games' results, as two people of finance agreed. */
async function agreeFees(
  as: (role: string) => Api,
  providers: readonly string[],
  effectiveFrom: string,
): Promise<void> {
  const percents = ["12", "9.5", "15", "10"];
  for (const [index, subject] of providers.entries()) {
    const { approvalId } = await as("finance").proposeCharge({
      kind: "PROVIDER_FEE",
      subject,
      base: "GGR",
      percent: percents[index % percents.length] ?? "12",
      minimum: null,
      effectiveFrom,
      reason: "By the provider's contract",
    });
    const { contentHash } = await as("finance-2").showApproval({ approvalId });
    await as("finance-2").approveApproval({ approvalId, contentHash, reason: "Compared with the contract" });
  }
}

/** Its exposures come with the players who look at the lobby. */
async function tryLobby(operations: Api): Promise<void> {
  const plain = { weight: 1, order: "NAME" as const, categories: [], tags: [] };
  await operations.startLobbyExperiment({
    code: "live-first",
    name: "Live tables before everything else",
    variants: [
      { ...plain, code: "as-it-is" },
      { ...plain, code: "live", categories: ["live"] },
      { ...plain, code: "newest", order: "NEWEST" },
    ],
    reason: "Agreed for this quarter with the product team",
  });
}

/** Two affiliates with plans from last month on, so that their first statements are made as soon as its days are tied. */
async function bringPartners(as: (role: string) => Api, players: readonly string[], lastMonth: string): Promise<void> {
  const finance = as("finance");
  const reason = "By the contract of this year";
  const share = {
    tiers: [
      { from: "0", rate: "0.25" },
      { from: "5000.00", rate: "0.30" },
      { from: "20000.00", rate: "0.35" },
    ],
    mode: "SLICE" as const,
    carryOver: true,
    basis: "total" as const,
    deductions: [...deductions],
    adminRate: "0",
  };
  const cpa = { amount: "60.00", minDeposit: "20.00", minTurnover: "100.00", withinDays: 30 };
  const partners = [
    { name: "Northern Lights Media", code: "north-lights", plan: { monthlyFee: "250.00", cpa: null, share } },
    { name: "Reel Reviews", code: "reel-reviews", plan: { monthlyFee: null, cpa, share: null } },
  ];
  for (const [index, { name, code, plan }] of partners.entries()) {
    const email = `partners@${code}.example`;
    const { affiliateId } = await finance.createAffiliate({ name, email, leastPayment: "100.00", reason });
    const landing = "https://casino.example/welcome";
    await finance.addCode({ affiliateId, code, label: "Front page", landing, reason });
    await finance.setPlan({ affiliateId, fromMonth: lastMonth, plan, reason });
    for (const playerId of players.filter((_player, place) => place % partners.length === index)) {
      await as("operations").reattributePlayer({
        playerId,
        affiliateId,
        reason: "Came by its site before links were counted",
      });
    }
  }
}

async function keepNotes(support: Api, of: (index: number) => string): Promise<void> {
  const notes = [
    [0, "Asked how long a payout by card takes. Told: up to two days."],
    [0, "Called back about the payout; it had arrived."],
    [3, "Wants to be written to in Italian."],
    [7, "Lost connection in the middle of a blackjack round; the provider confirms the result."],
  ] as const;
  for (const [index, body] of notes) await support.writeNote({ playerId: of(index), body });
  const tags = [
    [0, "vip"],
    [2, "vip"],
    [7, "newcomer"],
    [8, "newcomer"],
    [9, "calls-often"],
  ] as const;
  for (const [index, tag] of tags) await support.addPlayerTag({ playerId: of(index), tag });
}

async function propose(as: (role: string) => Api, of: (index: number) => string, operator: string): Promise<void> {
  const adjustment = { currency: "EUR", direction: "INTO_PLAYER" } as const;
  await as("support").proposeAdjustment({
    ...adjustment,
    playerId: of(7),
    amount: "25.00",
    category: "PROVIDER_FAULT",
    ticket: "CS-1042",
    reason: "The round was cut off and its stake never came back",
  });
  await as("finance").proposeAdjustment({
    ...adjustment,
    playerId: of(2),
    amount: "12500.00",
    category: "CORRECTION",
    ticket: "FIN-77",
    reason: "A deposit was credited to another account",
  });
  await as("admin").proposeRole({
    staffId: operator,
    role: "risk",
    reason: "Stands in for a colleague until the end of the month",
  });
}

async function shareViews(operations: Api): Promise<void> {
  const views = [
    { list: "bets", name: "Held bets", state: { status: "HELD" } },
    { list: "players", name: "VIPs", state: { tag: "vip" } },
    { list: "ledger", name: "Deposits", state: { type: "DEPOSIT" } },
  ];
  for (const view of views) await operations.saveOwnView({ ...view, shared: true });
}
