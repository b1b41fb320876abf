/** Where a batch and its payments stand, as a pain.002 message, version 10. */
import { create } from "xmlbuilder2";
import { sayMajor } from "./render-camt053.ts";

export type PaymentStatus = "PDNG" | "ACCP" | "ACSC" | "RJCT";

export interface StatusOfPayment {
  readonly endToEndId: string;
  readonly status: PaymentStatus;
  readonly reason: string | null;
  /** The bank's reference of the order; none where it did not take it. */
  readonly order: string | null;
  /** What was asked for, and what was paid where that is known, minor units. */
  readonly instructed: number;
  readonly settled: number | null;
}

export interface StatusReport {
  readonly id: string;
  readonly at: Date;
  readonly messageId: string;
  readonly paymentInfoId: string;
  readonly count: number;
  readonly sum: number;
  readonly currency: string;
  /** Why nothing of it was taken. */
  readonly refused: string | null;
  readonly payments: readonly StatusOfPayment[];
}

export function renderPain002(report: StatusReport): string {
  const { id, at, messageId, paymentInfoId, count, sum, currency, refused, payments } = report;
  const status = refused === null ? groupStatus(payments) : "RJCT";
  return create(
    { version: "1.0", encoding: "UTF-8" },
    {
      Document: {
        "@xmlns": "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10",
        CstmrPmtStsRpt: {
          GrpHdr: { MsgId: id, CreDtTm: at.toISOString() },
          OrgnlGrpInfAndSts: {
            OrgnlMsgId: messageId,
            OrgnlMsgNmId: "pain.001.001.09",
            OrgnlNbOfTxs: String(count),
            OrgnlCtrlSum: sayMajor(sum),
            GrpSts: status,
            ...(refused === null ? {} : { StsRsnInf: { Rsn: { Cd: refused } } }),
          },
          ...(payments.length === 0
            ? {}
            : {
                OrgnlPmtInfAndSts: {
                  OrgnlPmtInfId: paymentInfoId,
                  PmtInfSts: status,
                  TxInfAndSts: payments.map((one) => renderPayment(one, currency)),
                },
              }),
        },
      },
    },
  ).end({ prettyPrint: true });
}

function renderPayment({ endToEndId, status, reason, order, instructed, settled }: StatusOfPayment, currency: string) {
  const amount = (minor: number): object => ({ "@Ccy": currency, "#": sayMajor(minor) });
  return {
    OrgnlEndToEndId: endToEndId,
    TxSts: status,
    ...(reason === null ? {} : { StsRsnInf: { Rsn: { Cd: reason } } }),
    ...(order === null ? {} : { AcctSvcrRef: order }),
    OrgnlTxRef: {
      ...(settled === null ? {} : { IntrBkSttlmAmt: amount(settled) }),
      Amt: { InstdAmt: amount(instructed) },
    },
  };
}

function groupStatus(payments: readonly StatusOfPayment[]): string {
  const all = new Set(payments.map(({ status }) => status));
  const [only] = all;
  if (all.size === 1 && only !== undefined) return only;
  return all.has("RJCT") ? "PART" : "ACSP";
}
