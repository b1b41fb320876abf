/** The content of each kind of proposal: what is hashed, shown to the second person and then applied. */
import { z } from "zod";
import { currencies, type Currency } from "../wallet/currency.ts";
import { parseId } from "../kernel/public-id.ts";
import { type ApprovalKind, approvalKindNames } from "./approval-kinds.ts";
import { roles } from "./roles.ts";

export const adjustmentCategories = [
  "GOODWILL",
  "CORRECTION",
  "BONUS_DISPUTE",
  "PROVIDER_FAULT",
  "PAYMENT_FAULT",
  "FRAUD",
] as const;

const currency = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);
const reason = z.string().trim().min(5).max(500);
const staffId = z.string().regex(/^st_[0-9a-z]+$/);
const playerId = z.string().refine((text) => parseId("player", text) !== undefined, "a player's id");
const decimal = z.string().regex(/^(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/);

export const adjustmentContent = z.strictObject({
  playerId,
  currency,
  /** Above zero, in the currency's own decimals. */
  amount: decimal,
  direction: z.enum(["INTO_PLAYER", "FROM_PLAYER"]),
  category: z.enum(adjustmentCategories),
  reason,
  /** The ticket of the help desk or of the provider that this settles. */
  ticket: z.string().trim().min(1).max(80),
});

export const roleGrantContent = z.strictObject({
  staffId,
  role: z.enum(roles),
  reason,
});

export const policyContent = z.strictObject({
  kind: z.enum(approvalKindNames as [ApprovalKind, ...ApprovalKind[]]),
  currency: currency.nullable(),
  fromAmount: decimal,
  approvals: z.int().min(0).max(5),
  openHours: z
    .int()
    .min(1)
    .max(24 * 30),
  /** True takes the row of this kind, currency and amount away. */
  remove: z.boolean(),
  reason,
});

export const erasureContent = z.strictObject({
  playerId,
  /** Who asked and how, as the law wants it recorded. */
  request: z.string().trim().min(5).max(500),
  reason,
});

export const approvalContents = {
  "wallet.adjustment": adjustmentContent,
  "staff.role-grant": roleGrantContent,
  "approval.policy": policyContent,
  "player.erasure": erasureContent,
} as const satisfies Record<ApprovalKind, z.ZodType>;

export type AdjustmentContent = z.infer<typeof adjustmentContent>;
export type RoleGrantContent = z.infer<typeof roleGrantContent>;
export type PolicyContent = z.infer<typeof policyContent>;
export type ErasureContent = z.infer<typeof erasureContent>;
