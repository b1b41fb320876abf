/** The writes that a terminal plans before it does them. */
import { planPayouts } from "../../cashier/staff/payouts/plan-payouts.ts";
import { planPsps } from "../../cashier/staff/pause-psp.ts";
import { planCashierRules } from "../../cashier/staff/rules/rule-procedures.ts";
import { planWebhooks } from "../../cashier/staff/replay-webhooks.ts";
import { planPolicies } from "../../gaming/staff/providers/plan-policy.ts";
import { planProviders } from "../../gaming/staff/providers/plan-pause.ts";
import { planFreeSpins } from "../../gaming/staff/free-spins/issue-free-spins.ts";
import { planGameBanks } from "../../gaming/staff/game-banks/follow-banks.ts";
import { planAml } from "../../compliance/aml/decide-case.ts";
import { planKyc } from "../../compliance/kyc/decide-case.ts";
import { planRoundTroubles } from "../../gaming/staff/rounds/resolve-trouble.ts";
import { planKycWebhooks } from "../../compliance/kyc/vendor/kyc-webhooks.ts";
import { planScreening } from "../../compliance/screening/import-list.ts";
import { planBreaks } from "../../ops/breaks/plan-resolutions.ts";
import { planScreeningRun } from "../../compliance/screening/plan-screening-run.ts";
import { planDecision } from "../../identity/approvals/plan-decision.ts";
import { planKeys } from "../../identity/keys/plan-rotation.ts";
import { planPlayers } from "../../identity/players/plan-lock.ts";
import { planStaff } from "../../identity/staff/plan-staff.ts";
import { planCharge } from "../../reporting/charges/charge-procedures.ts";
import { planRisk } from "../../risk/monitoring/risk-alerts.ts";
import { planProfileAssign } from "../../risk/staff/assign-profile.ts";
import { planRules } from "../../risk/staff/plan-rules.ts";
import { router } from "./procedure.ts";

export const planRouter = router({
  ...planStaff,
  ...planDecision,
  ...planPlayers,
  ...planKeys,
  ...planWebhooks,
  ...planRules,
  ...planProfileAssign,
  ...planPayouts,
  ...planPsps,
  ...planCashierRules,
  ...planProviders,
  ...planGameBanks,
  ...planFreeSpins,
  ...planPolicies,
  ...planScreening,
  ...planScreeningRun,
  ...planKyc,
  ...planKycWebhooks,
  ...planRoundTroubles,
  ...planAml,
  ...planBreaks,
  chargePropose: planCharge,
  ...planRisk,
});
