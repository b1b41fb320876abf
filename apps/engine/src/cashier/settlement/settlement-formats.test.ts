import { sumSettlement } from "@pitboss/domain/cashier/settlement";
import { expect, test } from "vitest";
import { createAdyenSettlement } from "../psp/adyen/adyen-settlement.ts";
import { createCheckoutSettlement } from "../psp/checkout/checkout-settlement.ts";
import type { PspSettings } from "../psp/read-psps.ts";
import { createStripeSettlement } from "../psp/stripe/stripe-settlement.ts";
import type { SettlementSource } from "./settlement-source.ts";

const settings: PspSettings = {
  code: "card",
  name: "Card",
  adapter: "stripe",
  url: "http://127.0.0.1:9",
  secretKey: "sk_test_0123456789abcdef",
  merchant: "Casino",
  webhookSecrets: ["whsec_0123456789abcdef"],
};

const stripe = [
  "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,payment_intent_id,payment_metadata[deposit_id]",
  "po_1,2026-03-05 00:00:00,txn_1,2026-03-02 10:00:00,eur,100.00,1.75,98.25,charge,ch_1,pi_1,dep_1",
  "po_1,2026-03-05 00:00:00,txn_2,2026-03-03 10:00:00,eur,-20.00,0.00,-20.00,refund,re_1,pi_1,dep_1",
  "po_1,2026-03-05 00:00:00,txn_3,2026-03-03 11:00:00,eur,-30.00,15.00,-45.00,dispute,dp_1,pi_2,dep_2",
  "po_1,2026-03-05 00:00:00,txn_4,2026-03-03 12:00:00,eur,-2.00,0.00,-2.00,fee,,,",
  "po_1,2026-03-05 00:00:00,txn_5,2026-03-03 13:00:00,eur,-5.00,0.00,-5.00,risk_reserved_funds,,,",
  "po_1,2026-03-05 00:00:00,txn_6,2026-03-05 00:00:00,eur,-26.25,0.00,-26.25,payout,po_1,,",
].join("\n");

const adyen = [
  "Psp Reference,Merchant Reference,Creation Date,Type,Modification Reference,Gross Currency,Net Currency,Net Debit (NC),Net Credit (NC),Commission (NC),Markup (NC),Scheme Fees (NC),Interchange (NC),Batch Number",
  "PSP1,dep_1,2026-03-02 10:00:00,Settled,MOD1,EUR,EUR,,98.25,0.50,0.25,0.40,0.60,7",
  "PSP1,dep_1,2026-03-03 10:00:00,Refunded,MOD2,EUR,EUR,20.00,,,,,,7",
  "PSP2,dep_2,2026-03-03 11:00:00,Chargeback,DSP1,EUR,EUR,45.00,,15.00,,,,7",
  ",,2026-03-03 12:00:00,Fee,,EUR,EUR,2.00,,,,,,7",
  ",,2026-03-03 13:00:00,ReserveAdjustment,,EUR,EUR,5.00,,,,,,7",
  ",,2026-03-05 00:00:00,MerchantPayout,,EUR,EUR,26.25,,,,,,7",
].join("\n");

const checkout = [
  "Payout ID,Action ID,Action Type,Breakdown Type,Payment ID,Reference,Processed On,Holding Currency,Holding Currency Amount",
  "PO1,act_1,Capture,Capture,pay_1,dep_1,2026-03-02T10:00:00Z,EUR,100.00",
  "PO1,act_1,Capture,Interchange Fee,pay_1,dep_1,2026-03-02T10:00:00Z,EUR,-1.75",
  "PO1,act_2,Refund,Refund,pay_1,dep_1,2026-03-03T10:00:00Z,EUR,-20.00",
  "PO1,dsp_1,Chargeback,Chargeback,pay_2,dep_2,2026-03-03T11:00:00Z,EUR,-30.00",
  "PO1,dsp_1,Chargeback,Chargeback Fee,pay_2,dep_2,2026-03-03T11:00:00Z,EUR,-15.00",
  "PO1,act_4,Standalone Fee,Monthly Fee,,,2026-03-03T12:00:00Z,EUR,-2.00",
  "PO1,act_5,Rolling Reserve,Rolling Reserve,,,2026-03-03T13:00:00Z,EUR,-5.00",
  "PO1,act_6,Payout,Payout,,,2026-03-05T00:00:00Z,EUR,-26.25",
].join("\n");

const formats: readonly (readonly [string, SettlementSource, string, string, string])[] = [
  ["Stripe", createStripeSettlement(settings), stripe, "pi_1", "dp_1"],
  ["Adyen", createAdyenSettlement(settings), adyen, "PSP1", "DSP1"],
  ["Checkout.com", createCheckoutSettlement(settings), checkout, "pay_1", "dsp_1"],
];

test.each(formats)(
  "%s: a report is read to its fees, its reserve and the payout that its lines add up to",
  (...given) => {
    const [, source, text, payment, dispute] = given;
    const read = source.parse(text);
    if (!read.ok) throw new Error(read.error.detail);
    const [report] = read.value;
    expect(read.value).toHaveLength(1);
    expect(report).toMatchObject({ currency: "EUR", paidOut: 2_625n, paidAt: new Date("2026-03-05T00:00:00Z") });
    const lines = report?.lines ?? [];
    expect(sumSettlement(lines)).toEqual({ gross: 5_000n, fees: 1_875n, reserve: 500n, net: 2_625n });
    const paid = lines.filter(({ kind, reference }) => kind === "PAYMENT" && reference === payment);
    expect(paid.reduce((sum, { gross }) => sum + gross, 0n)).toBe(10_000n);
    expect(paid.reduce((sum, { fee }) => sum + fee, 0n)).toBe(175n);
    expect(paid[0]?.ours).toBe("dep_1");
    const disputed = lines.filter(({ kind, reference }) => kind === "CHARGEBACK" && reference === dispute);
    expect(disputed.reduce((sum, { gross, fee }) => sum + gross - fee, 0n)).toBe(-4_500n);
  },
);

test.each(formats)(
  "%s: a report that is cut off or not a table of its kind is refused whole",
  (_name, source, text) => {
    const cut = text.slice(0, text.lastIndexOf(","));
    const bent = text.replace("26.25", "26.251");
    for (const wrong of [cut.slice(0, cut.lastIndexOf(",")), bent, "a,b\n1,2", ""]) {
      expect(source.parse(wrong)).toMatchObject({ ok: false, error: { code: "REPORT_UNREADABLE" } });
    }
  },
);

test("a word that no report had before is kept as a line that a person has to look at", () => {
  const read = createStripeSettlement(settings).parse(stripe.replace(",refund,", ",climate_order,"));
  if (!read.ok) throw new Error(read.error.detail);
  expect(read.value[0]?.lines.map(({ kind }) => kind)).toContain("ADJUSTMENT");
});
