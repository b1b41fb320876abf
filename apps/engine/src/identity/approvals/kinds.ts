/** All kinds with their handlers: one that has none does not compile. */
import type { PayoutRecord } from "@pitboss/db/cashier/payout-store";
import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import type {
  AdjustmentContent,
  CashierRuleContent,
  ChargeContent,
  AffiliatePayeeContent,
  BankCreditContent,
  AffiliateStatementContent,
  DepositReleaseContent,
  ErasureContent,
  MonitoringRuleContent,
  KycDecisionContent,
  PackContent,
  PayoutContent,
  PolicyContent,
  ProfileContent,
  ProviderPolicyContent,
  RoleGrantContent,
  SettleContent,
  SarContent,
  ScreeningDecisionContent,
  ScreeningRuleContent,
  VoidContent,
} from "@pitboss/domain/identity/approval-content";
import type { BreakResolutionContent } from "@pitboss/domain/ops/breaks/resolution";
import { type SarFiling, sarHandler } from "../../compliance/aml/sar-handler.ts";
import { monitoringRuleHandler, type RuleInput } from "../../risk/monitoring/rule-handler.ts";
import { depositReleaseHandler, type ReleaseInput } from "../../cashier/staff/release-handler.ts";
import { type CashierRuleInput, cashierRuleHandler } from "../../cashier/staff/rules/change-rule.ts";
import { bankCreditHandler, type BankCreditInput } from "../../cashier/bank/staff/credit-handler.ts";
import { payoutHandler } from "../../cashier/staff/payouts/payout-handler.ts";
import { resolutionHandler, type ResolutionInput } from "../../ops/breaks/resolve-break.ts";
import { caseDecisionHandler } from "../../compliance/kyc/case-decision-handler.ts";
import { decisionHandler } from "../../compliance/screening/decision-handler.ts";
import { screeningRuleHandler } from "../../compliance/screening/rule-handler.ts";
import type { VoidInput } from "../../gaming/staff/voids/select-bets.ts";
import { settleHandler, type SettleInput } from "../../gaming/staff/settlements/settle-handler.ts";
import { voidHandler } from "../../gaming/staff/voids/void-handler.ts";
import {
  policyHandler as providerPolicyHandler,
  type PolicyInput,
} from "../../gaming/staff/providers/policy-handler.ts";
import { erasureHandler } from "../players/erase-player.ts";
import { type PackInput, packHandler } from "../../risk/staff/change-pack.ts";
import { profileHandler, type ProfileInput } from "../../risk/staff/change-profile.ts";
import { chargeHandler, type ChargeInput } from "../../reporting/charges/change-charge.ts";
import { payeeHandler, type PayeeInput } from "../../reporting/affiliates/payee-handler.ts";
import { statementHandler } from "../../reporting/affiliates/statement-handler.ts";
import { adjustmentHandler } from "../../wallet/staff/adjust-balance.ts";
import type { KindHandler } from "./kind-handler.ts";
import { policyHandler } from "./change-policy.ts";
import { roleGrantHandler } from "./grant-powerful-role.ts";

interface Contents {
  readonly "wallet.adjustment": AdjustmentContent;
  readonly "staff.role-grant": RoleGrantContent;
  readonly "approval.policy": PolicyContent;
  readonly "player.erasure": ErasureContent;
  readonly "payout.release": PayoutContent;
  readonly "deposit.release": DepositReleaseContent;
  readonly "bank.credit": BankCreditContent;
  readonly "bet.void": VoidContent;
  readonly "round.void": VoidContent;
  readonly "bets.void": VoidContent;
  readonly "bets.settle": SettleContent;
  readonly "jurisdiction.pack": PackContent;
  readonly "limit.profile": ProfileContent;
  readonly "screening.decision": ScreeningDecisionContent;
  readonly "screening.rule": ScreeningRuleContent;
  readonly "report.charge": ChargeContent;
  readonly "cashier.rule": CashierRuleContent;
  readonly "affiliate.statement": AffiliateStatementContent;
  readonly "affiliate.payee": AffiliatePayeeContent;
  readonly "break.resolution": BreakResolutionContent;
  readonly "aml.rule": MonitoringRuleContent;
  readonly "risk.rule": MonitoringRuleContent;
  readonly "aml.sar": SarContent;
  readonly "kyc.decision": KycDecisionContent;
  readonly "provider.policy": ProviderPolicyContent;
}

/** Kinds whose proposal is made from something else than its content. */
type MadeFromInput =
  | VoidKind
  | "bets.settle"
  | "jurisdiction.pack"
  | "limit.profile"
  | "payout.release"
  | "report.charge"
  | "cashier.rule"
  | "provider.policy"
  | "affiliate.statement"
  | "affiliate.payee"
  | "break.resolution"
  | RuleKind
  | "bank.credit"
  | "deposit.release";

interface Inputs extends Omit<Contents, MadeFromInput> {
  readonly "affiliate.statement": { readonly statementId: bigint; readonly reason: string };
  readonly "affiliate.payee": PayeeInput;
  readonly "break.resolution": ResolutionInput;
  readonly "aml.rule": RuleInput;
  readonly "risk.rule": RuleInput;
  readonly "aml.sar": SarFiling;
  readonly "deposit.release": ReleaseInput;
  readonly "bank.credit": BankCreditInput;
  readonly "jurisdiction.pack": PackInput;
  readonly "limit.profile": ProfileInput;
  readonly "payout.release": PayoutRecord;
  readonly "report.charge": ChargeInput;
  readonly "cashier.rule": CashierRuleInput;
  readonly "provider.policy": PolicyInput;
  readonly "bet.void": VoidInput;
  readonly "round.void": VoidInput;
  readonly "bets.void": VoidInput;
  readonly "bets.settle": SettleInput;
}
type RuleKind = "aml.rule" | "risk.rule" | "aml.sar";
type VoidKind = "bet.void" | "round.void" | "bets.void";

export type InputOf<K extends ApprovalKind> = Inputs[K];

export type ContentOf<K extends ApprovalKind> = Contents[K];

export const kindHandlers: { readonly [K in ApprovalKind]: KindHandler<ContentOf<K>, InputOf<K>> } = {
  "wallet.adjustment": adjustmentHandler,
  "staff.role-grant": roleGrantHandler,
  "approval.policy": policyHandler,
  "player.erasure": erasureHandler,
  "payout.release": payoutHandler,
  "deposit.release": depositReleaseHandler,
  "bank.credit": bankCreditHandler,
  "bet.void": voidHandler,
  "round.void": voidHandler,
  "bets.void": voidHandler,
  "bets.settle": settleHandler,
  "jurisdiction.pack": packHandler,
  "limit.profile": profileHandler,
  "screening.decision": decisionHandler,
  "kyc.decision": caseDecisionHandler,
  "screening.rule": screeningRuleHandler,
  "report.charge": chargeHandler,
  "cashier.rule": cashierRuleHandler,
  "provider.policy": providerPolicyHandler,
  "affiliate.statement": statementHandler,
  "affiliate.payee": payeeHandler,
  "break.resolution": resolutionHandler,
  "aml.rule": monitoringRuleHandler,
  "risk.rule": monitoringRuleHandler,
  "aml.sar": sarHandler,
};
