/** The content of each kind of proposal: what is hashed, shown to the second person and then applied. */
import { cashierRuleTerms } from "../cashier/cashier-rule.ts";
import { nameMatches } from "../cashier/bank/compare-names.ts";
import { caseDecisions, type CaseReason, caseReasonNames } from "../compliance/kyc/case-machine.ts";
import { type CaseCheck, caseChecks } from "../compliance/kyc/case-policy.ts";
import { z } from "zod";
import { mostDismissalDays } from "../compliance/screening/hit-machine.ts";
import { screeningRuleBody } from "../compliance/screening/screening-rule.ts";
import { breakResolutionContent } from "../ops/breaks/resolution.ts";
import { providerPolicySchema } from "../gaming/provider-policy.ts";
import { currencies, type Currency } from "../wallet/currency.ts";
import { parseId } from "../kernel/public-id.ts";
import { type ApprovalKind, approvalKindNames } from "./approval-kinds.ts";
import { packCode, packRules } from "../risk/jurisdiction-pack.ts";
import { chargeTerms } from "../reporting/charges.ts";
import { profileNames, profileRow } from "../risk/limit-profile.ts";
import { desks, ruleBody, ruleCode } from "../risk/monitoring/monitoring-rule.ts";
import { roles } from "./roles.ts";

export const adjustmentCategories = [
  "GOODWILL",
  "CORRECTION",
  "BONUS_DISPUTE",
  "PROVIDER_FAULT",
  "PAYMENT_FAULT",
  "FRAUD",
] as const;

/** No policy lets one proposal void more bets than this. */
export const mostVoidBets = 10_000;

/** Outcomes are told one by one, so nobody proposes more of them at a time. */
export const mostSettledBets = 500;

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
  /** How many records one proposal may reach at most, for kinds that reach many; null is no limit of the policy's. */
  mostItems: z.int().min(1).max(mostVoidBets).nullable().default(null),
  /** The largest sum of one proposal, in the policy's currency; null is no limit of the policy's. */
  mostAmount: decimal.nullable().default(null),
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

/** Which bets a proposal voids, as it was asked for; the bets themselves are frozen with the proposal. */
const voidedBets = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("bet"), betId: z.string() }),
  z.strictObject({ by: z.literal("round"), playerId, provider: z.string(), roundId: z.string() }),
  z.strictObject({ by: z.literal("list") }),
  z.strictObject({ by: z.literal("stale"), provider: z.string() }),
  z.strictObject({ by: z.literal("filter"), filter: z.record(z.string(), z.string()) }),
]);

export const voidContent = z.strictObject({
  selection: voidedBets,
  count: z.int().min(1).max(mostVoidBets),
  players: z.int().min(1),
  /** What goes back, by currency. */
  sums: z.array(z.strictObject({ currency, amount: decimal })).min(1),
  /** Hex SHA-256 of the frozen list, see `hashVoidList`. */
  listHash: z.string().regex(/^[0-9a-f]{64}$/),
  reason,
});

/** Rounds with the outcome of each of their bets, to the letter: what is settled is this and nothing else. */
export const settleContent = z.strictObject({
  rounds: z
    .array(
      z.strictObject({
        playerId,
        provider: z.string(),
        roundId: z.string().min(1).max(128),
        /** True where nothing of the round is held afterwards: it takes no more bets, and a later result is a late one. */
        close: z.boolean(),
        bets: z
          .array(
            z.strictObject({
              betId: z.string(),
              currency,
              /** Of the stake, as it stood: a bet of which another part is held by then is another bet. */
              held: decimal,
              outcome: z.enum(["WIN", "LOSE", "PUSH"]),
              /** Gross, the stake in it; null but for a win. */
              payout: decimal.nullable(),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
  count: z.int().min(1).max(mostSettledBets),
  players: z.int().min(1),
  reason,
});

/** What a change of rules was proposed on: it is not applied to anything else. */
const changes = z.array(z.strictObject({ path: z.string(), before: z.string(), after: z.string() }));

export const packContent = z.strictObject({
  code: packCode,
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(60),
  rules: packRules,
  /** When it begins to hold; null is as soon as it is approved. */
  effectiveFrom: z.iso.datetime().nullable(),
  /** The newest version that there was; 0 of a new jurisdiction. */
  basedOn: z.int().min(0),
  changes,
  /** How many players were under it when it was proposed. */
  players: z.int().min(0),
  reason,
});

export const profileContent = z.strictObject({
  profile: z.enum(profileNames),
  rows: z.array(profileRow).max(500),
  effectiveFrom: z.iso.datetime().nullable(),
  basedOn: z.int().min(0),
  changes,
  players: z.int().min(0),
  reason,
});

export const payoutContent = z.strictObject({
  payoutId: z.string().refine((text) => parseId("payout", text) !== undefined, "a payout's id"),
  playerId,
  currency,
  amount: decimal,
  /** Where it goes: the instrument, and what it is whoever's token names it. */
  destination: z.strictObject({
    psp: z.string(),
    instrumentId: z.string(),
    fingerprint: z.string(),
    brand: z.string(),
    last4: z.string(),
  }),
  /** What it was judged on, as it was stored; any change of it is another content. */
  risk: z.strictObject({ score: z.int().min(0).max(100), checks: z.array(z.unknown()) }),
});

export const depositReleaseContent = z.strictObject({
  depositId: z.string().refine((text) => parseId("deposit", text) !== undefined, "a deposit's id"),
  playerId,
  currency,
  amount: decimal,
  /** Why it was frozen, and what had been found of where it came from. */
  frozenFor: z.string(),
  found: z.array(z.string()),
  reason,
});

export const bankCreditContent = z.strictObject({
  creditId: z.string().refine((text) => parseId("bankCredit", text) !== undefined, "a transfer's id"),
  decision: z.enum(["CREDIT", "RETURN"]),
  /** Whose it is; null where it goes back. */
  playerId: playerId.nullable(),
  currency,
  amount: decimal,
  /** Why it waited for people. */
  why: z.string(),
  /** The account that it came from, cut short. */
  account: z.string().nullable(),
  /** How the payer's name compares with the player's. */
  nameMatch: z.enum(nameMatches).nullable(),
  reason,
});

export const screeningDecisionContent = z.strictObject({
  hitId: z.string().regex(/^sh_[0-9a-z]+$/),
  decision: z.enum(["CONFIRM", "LIFT"]),
  /** How long a lifted hit stays dismissed, days. */
  days: z.int().min(1).max(mostDismissalDays).default(mostDismissalDays),
  reason,
});

export const kycDecisionContent = z.strictObject({
  caseId: z.string().regex(/^kyc_[0-9a-z]+$/),
  decision: z.enum(caseDecisions),
  /** What the player is told; needed where the player is turned down. */
  reasonCode: z.enum(caseReasonNames as [CaseReason, ...CaseReason[]]).nullish(),
  checked: z
    .array(z.enum(caseChecks as [CaseCheck, ...CaseCheck[]]))
    .max(20)
    .default([]),
  reason,
});

export const screeningRuleContent = screeningRuleBody.extend({ reason });

/** What a provider or a state takes from a day on; proposed on the newest version that there was, 0 of a new one. */
export const chargeContent = chargeTerms.extend({ basedOn: z.int().min(0), changes, reason });

/** One of the cashier's rules; `basedOn` names the newest version that there was, 0 where there was none. */
export const cashierRuleContent = cashierRuleTerms.extend({ basedOn: z.string().regex(/^\d+$/), changes, reason });

const affiliateId = z.string().refine((text) => parseId("affiliate", text) !== undefined, "an affiliate's id");

export const affiliateStatementContent = z.strictObject({
  statementId: z.string().refine((text) => parseId("affiliateStatement", text) !== undefined, "a statement's id"),
  affiliateId,
  affiliate: z.string(),
  month: z.string().regex(/^\d{4}-\d{2}$/),
  version: z.int().min(1),
  currency,
  /** What the month comes to, and what of it was not approved before; below zero is taken back. */
  total: decimal,
  due: z.string().regex(/^-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/),
  /** Hex SHA-256 of the statement whole: its figures, its plan and its players. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  reason,
});

export const affiliatePayeeContent = z.strictObject({
  affiliateId,
  affiliate: z.string(),
  /** A payout rail of the house, its name of what is paid to, and what people see of it. */
  psp: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
  token: z.string().trim().min(3).max(200),
  label: z.string().trim().min(3).max(80),
  /** Which change of the payee it follows. */
  basedOn: z.int().min(0),
  reason,
});
/** A new version of a rule that watches, with whom it would have spoken of. */
export const monitoringRuleContent = z.strictObject({
  desk: z.enum(desks),
  code: ruleCode,
  body: ruleBody,
  /** The newest version that there was; 0 of a new rule. */
  basedOn: z.int().min(0),
  changes,
  reason,
});

export const sarContent = z.strictObject({
  sarId: z.string().regex(/^sar_[0-9a-z]+$/),
  caseId: z.string().regex(/^amc_[0-9a-z]+$/),
  authority: z.string(),
  /** SHA-256 of the document that will be filed, hex: any change of it is another proposal. */
  documentHash: z.string().regex(/^[0-9a-f]{64}$/),
  reason,
});

export const providerPolicyContent = z.strictObject({
  provider: z.string().min(1).max(80),
  policy: providerPolicySchema,
  /** The newest version that there was. */
  basedOn: z.int().min(1),
  changes,
  reason,
});

export const approvalContents = {
  "wallet.adjustment": adjustmentContent,
  "staff.role-grant": roleGrantContent,
  "approval.policy": policyContent,
  "player.erasure": erasureContent,
  "bet.void": voidContent,
  "round.void": voidContent,
  "bets.void": voidContent,
  "bets.settle": settleContent,
  "jurisdiction.pack": packContent,
  "limit.profile": profileContent,
  "payout.release": payoutContent,
  "deposit.release": depositReleaseContent,
  "bank.credit": bankCreditContent,
  "screening.decision": screeningDecisionContent,
  "screening.rule": screeningRuleContent,
  "report.charge": chargeContent,
  "cashier.rule": cashierRuleContent,
  "affiliate.statement": affiliateStatementContent,
  "affiliate.payee": affiliatePayeeContent,
  "break.resolution": breakResolutionContent,
  "aml.rule": monitoringRuleContent,
  "risk.rule": monitoringRuleContent,
  "aml.sar": sarContent,
  "kyc.decision": kycDecisionContent,
  "provider.policy": providerPolicyContent,
} as const satisfies Record<ApprovalKind, z.ZodType>;

export type AdjustmentContent = z.infer<typeof adjustmentContent>;
export type RoleGrantContent = z.infer<typeof roleGrantContent>;
export type PolicyContent = z.infer<typeof policyContent>;
export type PackContent = z.infer<typeof packContent>;
export type ProfileContent = z.infer<typeof profileContent>;
export type SettleContent = z.infer<typeof settleContent>;
export type VoidContent = z.infer<typeof voidContent>;
export type ScreeningDecisionContent = z.infer<typeof screeningDecisionContent>;
export type ScreeningRuleContent = z.infer<typeof screeningRuleContent>;
export type MonitoringRuleContent = z.infer<typeof monitoringRuleContent>;
export type SarContent = z.infer<typeof sarContent>;
export type KycDecisionContent = z.infer<typeof kycDecisionContent>;
export type ErasureContent = z.infer<typeof erasureContent>;
export type AffiliateStatementContent = z.infer<typeof affiliateStatementContent>;
export type AffiliatePayeeContent = z.infer<typeof affiliatePayeeContent>;
export type BankCreditContent = z.infer<typeof bankCreditContent>;
export type DepositReleaseContent = z.infer<typeof depositReleaseContent>;
export type PayoutContent = z.infer<typeof payoutContent>;
export type ProviderPolicyContent = z.infer<typeof providerPolicyContent>;
export type CashierRuleContent = z.infer<typeof cashierRuleContent>;
export type ChargeContent = z.infer<typeof chargeContent>;
