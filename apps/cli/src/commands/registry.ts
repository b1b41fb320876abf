/** The first words of the command line. Only the one that was typed is loaded, so that `--help` answers at once. */
import type { Command } from "commander";
import type { Run } from "../program.ts";

export interface CommandGroup {
  readonly summary: string;
  /** `whole` builds the tree with every command in it. */
  readonly load: () => Promise<(program: Command, run: Run, whole: () => Promise<Command>) => void>;
}

export const commandGroups: Readonly<Record<string, CommandGroup>> = {
  login: {
    summary: "sign in: a code here, a yes with your second factor in the console",
    load: async () => (await import("./sign-in.ts")).loginCommand,
  },
  logout: { summary: "end your session", load: async () => (await import("./sign-in.ts")).logoutCommand },
  whoami: {
    summary: "who is signed in, as what and until when",
    load: async () => (await import("./sign-in.ts")).whoamiCommand,
  },
  "step-up": {
    summary: "give your second factor again, for what is dangerous",
    load: async () => (await import("./sign-in.ts")).stepUpCommand,
  },
  context: {
    summary: "the engines that you work with, by name",
    load: async () => (await import("./context.ts")).contextCommands,
  },
  player: {
    summary: "players: who they are, what they have and why, and whether they may play",
    load: async () => (await import("./player.ts")).playerCommands,
  },
  brand: {
    summary: "the names under which the house meets players",
    load: async () => (await import("./brand.ts")).brandCommands,
  },
  rg: {
    summary: "responsible gaming: players' limits, exclusions and clocks",
    load: async () => (await import("./rg.ts")).rgCommands,
  },
  limits: {
    summary: "what bounds a player's stakes, and why",
    load: async () => (await import("./rg.ts")).limitsCommands,
  },
  jurisdiction: {
    summary: "what jurisdictions ask for, and proposing a new version of it",
    load: async () => (await import("./jurisdiction.ts")).jurisdictionCommands,
  },
  geo: {
    summary: "where players were, and what the rules make of a place",
    load: async () => (await import("./geo.ts")).geoCommands,
  },
  bet: { summary: "single bets", load: async () => (await import("./bet.ts")).betCommands },
  round: {
    summary: "rounds, as their providers name them",
    load: async () => (await import("./bet.ts")).roundCommands,
  },
  catalog: {
    summary: "games and their providers: what is offered, imports, pauses",
    load: async () => (await import("./catalog.ts")).catalogCommands,
  },
  treasury: {
    summary: "where the house's money lies, and what of it is owed to players",
    load: async () => (await import("./treasury.ts")).treasuryCommands,
  },
  exposure: {
    summary: "what the house holds and owes on chains",
    load: async () => (await import("./exposure.ts")).exposureCommands,
  },
  deposit: {
    summary: "money in: deposits, and what their providers said",
    load: async () => (await import("./deposit.ts")).depositCommands,
  },
  "bank-transfer": {
    summary: "money that came by bank transfer, and what of it waits for people",
    load: async () => (await import("./bank-transfer.ts")).bankTransferCommands,
  },
  payout: {
    summary: "money out: payouts, who let them go, and what became of them",
    load: async () => (await import("./payout.ts")).payoutCommands,
  },
  chargeback: {
    summary: "deposits that their payers' banks took back",
    load: async () => (await import("./chargeback.ts")).chargebackCommands,
  },
  affiliate: {
    summary: "who brings players: codes, statements, and what they are paid",
    load: async () => (await import("./affiliate.ts")).affiliateCommands,
  },
  reconcile: {
    summary: "the house's money against providers and banks: runs, breaks, reports, statements",
    load: async () => (await import("./reconcile.ts")).reconcileCommands,
  },
  psp: {
    summary: "payment providers: how they answer, pause and resume",
    load: async () => (await import("./psp.ts")).pspCommands,
  },
  "cashier-rules": {
    summary: "the numbers that deposits, payouts and chargebacks go by",
    load: async () => (await import("./cashier-rules.ts")).cashierRuleCommands,
  },
  provider: {
    summary: "game providers: policies, pauses, and whether a dialect is spoken right",
    load: async () => (await import("./provider.ts")).providerCommands,
  },
  webhook: {
    summary: "what payment providers sent, and dead letters",
    load: async () => (await import("./webhook.ts")).webhookCommands,
  },
  kyc: {
    summary: "cases of verification: the queue, and decisions",
    load: async () => (await import("./kyc.ts")).kycCommands,
  },
  screening: {
    summary: "lists of sanctions and office holders: import, run, replay, and the hits",
    load: async () => (await import("./screening.ts")).screeningCommands,
  },
  aml: {
    summary: "cases, alerts, reports and rules against money laundering",
    load: async () => (await import("./aml.ts")).amlCommands,
  },
  risk: {
    summary: "alerts and rules of risk, and linked accounts",
    load: async () => (await import("./risk.ts")).riskCommands,
  },
  approval: {
    summary: "what waits for a second person",
    load: async () => (await import("./approval.ts")).approvalCommands,
  },
  event: {
    summary: "what happened, as those hear it that follow the ledger",
    load: async () => (await import("./event.ts")).eventCommands,
  },
  ledger: { summary: "check the ledger as a whole", load: async () => (await import("./ledger.ts")).ledgerCommands },
  report: {
    summary: "figures of the whole house: GGR, NGR, days tied to the ledger",
    load: async () => (await import("./report.ts")).reportCommands,
  },
  export: {
    summary: "reports and what stands behind them, as files",
    load: async () => (await import("./export.ts")).exportCommands,
  },
  audit: {
    summary: "who did what, and the proof of it",
    load: async () => (await import("./audit.ts")).auditCommands,
  },
  staff: {
    summary: "who works here and what they may do",
    load: async () => (await import("./staff.ts")).staffCommands,
  },
  keys: { summary: "the keys that sign and wrap", load: async () => (await import("./keys.ts")).keysCommands },
  doctor: {
    summary: "look whether everything is well",
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
  simulate: {
    summary: "play at a rate over the wires of the demo's providers, and look at every answer",
    load: async () => (await import("./simulate.ts")).simulateCommand,
  },
  demo: { summary: "the sign-ins of the demo casino", load: async () => (await import("./demo.ts")).demoCommands },
  completion: {
    summary: "completion for bash, zsh or fish",
    load: async () => (await import("./completion.ts")).completionCommand,
  },
};
