/** All kinds with their handlers: one that has none does not compile. */
import type { PayoutRecord } from "@pitboss/db/cashier/payout-store";
import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import type {
  AdjustmentContent,
  DepositReleaseContent,
  ErasureContent,
  PackContent,
  PayoutContent,
  PolicyContent,
  ProfileContent,
  RoleGrantContent,
  ScreeningDecisionContent,
  ScreeningRuleContent,
  VoidContent,
} from "@pitboss/domain/identity/approval-content";
import { depositReleaseHandler } from "../../cashier/staff/release-deposit.ts";
import { payoutHandler } from "../../cashier/staff/payouts/payout-handler.ts";
import { decisionHandler } from "../../compliance/screening/decision-handler.ts";
import { screeningRuleHandler } from "../../compliance/screening/rule-handler.ts";
import type { VoidInput } from "../../gaming/staff/voids/select-bets.ts";
import { voidHandler } from "../../gaming/staff/voids/void-handler.ts";
import { erasureHandler } from "../players/erase-player.ts";
import { type PackInput, packHandler } from "../../risk/staff/change-pack.ts";
import { profileHandler, type ProfileInput } from "../../risk/staff/change-profile.ts";
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
  readonly "bet.void": VoidContent;
  readonly "round.void": VoidContent;
  readonly "bets.void": VoidContent;
  readonly "jurisdiction.pack": PackContent;
  readonly "limit.profile": ProfileContent;
  readonly "screening.decision": ScreeningDecisionContent;
  readonly "screening.rule": ScreeningRuleContent;
}

/** What a proposal is made from, where that is not its content itself. */
interface Inputs extends Omit<Contents, VoidKind | "jurisdiction.pack" | "limit.profile" | "payout.release" | "deposit.release"> {
  readonly "deposit.release": Parameters<typeof depositReleaseHandler.describe>[1];
  readonly "jurisdiction.pack": PackInput;
  readonly "limit.profile": ProfileInput;
  readonly "payout.release": PayoutRecord;
  readonly "bet.void": VoidInput;
  readonly "round.void": VoidInput;
  readonly "bets.void": VoidInput;
}
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
  "bet.void": voidHandler,
  "round.void": voidHandler,
  "bets.void": voidHandler,
  "jurisdiction.pack": packHandler,
  "limit.profile": profileHandler,
  "screening.decision": decisionHandler,
  "screening.rule": screeningRuleHandler,
};
