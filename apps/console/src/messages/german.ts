import { instruments } from "#messages/de/instruments.ts";
import { payoutSla } from "#messages/de/payout-sla.ts";
import { payouts } from "#messages/de/payouts.ts";
import { cashierRules } from "#messages/de/cashier-rules.ts";
import { treasury } from "#messages/de/treasury.ts";
import { charges } from "#messages/de/charges.ts";
import { bankTransfers } from "#messages/de/bank-transfers.ts";
import { chargebacks } from "#messages/de/chargebacks.ts";
import { payoutBatches } from "#messages/de/payout-batches.ts";
import { affiliates } from "#messages/de/affiliates.ts";
import { alerts } from "#messages/de/alerts.ts";
import { games } from "#messages/de/games.ts";
import { lobby } from "#messages/de/lobby.ts";
import { deposits } from "#messages/de/deposits.ts";
import { reconciliation } from "#messages/de/reconciliation.ts";
import { roundRecon } from "#messages/de/round-recon.ts";
import { exposure } from "#messages/de/exposure.ts";
import { psps } from "#messages/de/psps.ts";
import { kyc } from "#messages/de/kyc.ts";
import { monitoring } from "#messages/de/monitoring.ts";
import { screening } from "#messages/de/screening.ts";
import { webhooks } from "#messages/de/webhooks.ts";
import { providers } from "#messages/de/providers.ts";
import { plans } from "#messages/de/plans.ts";
import { exports } from "#messages/de/exports.ts";
import { overview } from "#messages/de/overview.ts";
import { terminal } from "#messages/de/terminal.ts";
import { staff } from "#messages/de/staff.ts";
import { audit } from "#messages/de/audit.ts";
import { approvals } from "#messages/de/approvals.ts";
import { words } from "#messages/de/words.ts";
import { players } from "#messages/de/players.ts";
import { live } from "#messages/de/live.ts";
import { ledger } from "#messages/de/ledger.ts";
import { bets } from "#messages/de/bets.ts";
import { views } from "#messages/de/views.ts";
import { account } from "#messages/de/account.ts";
import { frame } from "#messages/de/frame.ts";
import { kit } from "#messages/de/kit.ts";
import { reports } from "#messages/de/reports.ts";
import { rg } from "#messages/de/rg.ts";
import { roles } from "#messages/de/roles.ts";
import { signIn } from "#messages/de/sign-in.ts";
import type { Messages } from "#messages/english.ts";
import type { Translation } from "#messages/translation.ts";

export const german: Translation<Messages> = {
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
};
