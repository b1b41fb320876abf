import { instruments } from "#messages/en/instruments.ts";
import { payoutSla } from "#messages/en/payout-sla.ts";
import { payouts } from "#messages/en/payouts.ts";
import { cashierRules } from "#messages/en/cashier-rules.ts";
import { treasury } from "#messages/en/treasury.ts";
import { charges } from "#messages/en/charges.ts";
import { bankTransfers } from "#messages/en/bank-transfers.ts";
import { chargebacks } from "#messages/en/chargebacks.ts";
import { payoutBatches } from "#messages/en/payout-batches.ts";
import { affiliates } from "#messages/en/affiliates.ts";
import { alerts } from "#messages/en/alerts.ts";
import { games } from "#messages/en/games.ts";
import { lobby } from "#messages/en/lobby.ts";
import { deposits } from "#messages/en/deposits.ts";
import { reconciliation } from "#messages/en/reconciliation.ts";
import { roundRecon } from "#messages/en/round-recon.ts";
import { exposure } from "#messages/en/exposure.ts";
import { psps } from "#messages/en/psps.ts";
import { kyc } from "#messages/en/kyc.ts";
import { monitoring } from "#messages/en/monitoring.ts";
import { screening } from "#messages/en/screening.ts";
import { webhooks } from "#messages/en/webhooks.ts";
import { providers } from "#messages/en/providers.ts";
import { plans } from "#messages/en/plans.ts";
import { exports } from "#messages/en/exports.ts";
import { overview } from "#messages/en/overview.ts";
import { terminal } from "#messages/en/terminal.ts";
import { staff } from "#messages/en/staff.ts";
import { audit } from "#messages/en/audit.ts";
import { approvals } from "#messages/en/approvals.ts";
import { words } from "#messages/en/words.ts";
import { players } from "#messages/en/players.ts";
import { live } from "#messages/en/live.ts";
import { ledger } from "#messages/en/ledger.ts";
import { bets } from "#messages/en/bets.ts";
import { views } from "#messages/en/views.ts";
import { account } from "#messages/en/account.ts";
import { frame } from "#messages/en/frame.ts";
import { kit } from "#messages/en/kit.ts";
import { reports } from "#messages/en/reports.ts";
import { rg } from "#messages/en/rg.ts";
import { roles } from "#messages/en/roles.ts";
import { signIn } from "#messages/en/sign-in.ts";

export const english = {
  account,
  affiliates,
  alerts,
  approvals,
  audit,
  bets,
  bankTransfers,
  chargebacks,
  cashierRules,
  payoutBatches,
  charges,
  treasury,
  deposits,
  payoutSla,
  payouts,
  instruments,
  exports,
  frame,
  games,
  lobby,
  kit,
  kyc,
  ledger,
  live,
  overview,
  plans,
  players,
  exposure,
  psps,
  providers,
  reports,
  rg,
  roles,
  reconciliation,
  roundRecon,
  signIn,
  staff,
  terminal,
  views,
  monitoring,
  screening,
  webhooks,
  words,
} as const;
export type Messages = typeof english;

declare module "use-intl" {
  interface AppConfig {
    Messages: Messages;
    Locale: "en" | "de";
  }
}
