/** All kinds with their handlers: one that has none does not compile. */
import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import type {
  AdjustmentContent,
  ErasureContent,
  PolicyContent,
  RoleGrantContent,
} from "@pitboss/domain/identity/approval-content";
import { erasureHandler } from "../players/erase-player.ts";
import { adjustmentHandler } from "../../wallet/staff/adjust-balance.ts";
import type { KindHandler } from "./kind-handler.ts";
import { policyHandler } from "./change-policy.ts";
import { roleGrantHandler } from "./grant-powerful-role.ts";

interface Contents {
  readonly "wallet.adjustment": AdjustmentContent;
  readonly "staff.role-grant": RoleGrantContent;
  readonly "approval.policy": PolicyContent;
  readonly "player.erasure": ErasureContent;
}

export type ContentOf<K extends ApprovalKind> = Contents[K];

export const kindHandlers: { readonly [K in ApprovalKind]: KindHandler<ContentOf<K>> } = {
  "wallet.adjustment": adjustmentHandler,
  "staff.role-grant": roleGrantHandler,
  "approval.policy": policyHandler,
  "player.erasure": erasureHandler,
};
