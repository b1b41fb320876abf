/** A day of a simulated bank account as a camt.053 message, version 8. */
import { create } from "xmlbuilder2";

export interface SimulatedEntry {
  readonly id: string;
  /** Minor units of a currency with two decimals; below zero leaves the account. */
  readonly amount: number;
  readonly bookedOn: string;
  readonly endToEndId: string;
  readonly remittance: string;
  readonly counterparty: string;
  readonly counterpartyIban?: string | null;
  /** What the payer put where a reference belongs, ISO 11649. */
  readonly reference?: string | null;
  /** The bank's reference of the order that it executes, or takes back. */
  readonly order?: string | null;
  /** Why an order of ours came back, ISO 20022 external code. */
  readonly returned?: string | null;
}

export interface SimulatedStatement {
  readonly id: string;
  readonly sequence: number;
  readonly iban: string;
  readonly currency: string;
  readonly day: string;
  readonly opening: number;
  readonly entries: readonly SimulatedEntry[];
}

export function renderCamt053({ id, sequence, iban, currency, day, opening, entries }: SimulatedStatement): string {
  const closing = opening + entries.reduce((sum, { amount }) => sum + amount, 0);
  const created = `${day}T23:59:59Z`;
  return create(
    { version: "1.0", encoding: "UTF-8" },
    {
      Document: {
        "@xmlns": "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08",
        BkToCstmrStmt: {
          GrpHdr: { MsgId: `MSG-${id}`, CreDtTm: created },
          Stmt: {
            Id: id,
            ElctrncSeqNb: sequence,
            CreDtTm: created,
            FrToDt: { FrDtTm: `${day}T00:00:00Z`, ToDtTm: created },
            Acct: { Id: { IBAN: iban }, Ccy: currency },
            Bal: [renderBalance("OPBD", opening, currency, day), renderBalance("CLBD", closing, currency, day)],
            Ntry: entries.map((one) => renderEntry(one, currency)),
          },
        },
      },
    },
  ).end({ prettyPrint: true });
}

function renderBalance(code: string, minor: number, currency: string, day: string): object {
  return {
    Tp: { CdOrPrtry: { Cd: code } },
    Amt: { "@Ccy": currency, "#": sayMajor(minor) },
    CdtDbtInd: minor < 0 ? "DBIT" : "CRDT",
    Dt: { Dt: day },
  };
}

/** The same in a statement and in a notification, so that one who reads both knows it again. */
export function renderEntry(entry: SimulatedEntry, currency: string): object {
  const { id, amount, bookedOn, endToEndId, remittance, counterparty, returned } = entry;
  const { counterpartyIban: iban, reference, order } = entry;
  const incoming = amount >= 0;
  const party = { Pty: { Nm: counterparty } };
  const account = iban == null ? {} : { Id: { IBAN: iban } };
  const family =
    returned == null ? { Cd: incoming ? "RCDT" : "ICDT", SubFmlyCd: "ESCT" } : { Cd: "ICDT", SubFmlyCd: "RRTN" };
  return {
    NtryRef: id,
    Amt: { "@Ccy": currency, "#": sayMajor(amount) },
    CdtDbtInd: incoming ? "CRDT" : "DBIT",
    Sts: { Cd: "BOOK" },
    BookgDt: { Dt: bookedOn },
    ValDt: { Dt: bookedOn },
    AcctSvcrRef: id,
    BkTxCd: { Domn: { Cd: "PMNT", Fmly: family } },
    NtryDtls: {
      TxDtls: {
        Refs: { ...(order == null ? {} : { AcctSvcrRef: order }), EndToEndId: endToEndId },
        Amt: { "@Ccy": currency, "#": sayMajor(amount) },
        CdtDbtInd: incoming ? "CRDT" : "DBIT",
        RltdPties:
          incoming && returned == null
            ? { Dbtr: party, ...(iban == null ? {} : { DbtrAcct: account }) }
            : { Cdtr: party, ...(iban == null ? {} : { CdtrAcct: account }) },
        ...renderRemittance(remittance, reference),
        ...(returned == null ? {} : { RtrInf: { Rsn: { Cd: returned } } }),
      },
    },
  };
}

function renderRemittance(words: string, reference: string | null | undefined): object {
  const structured = { CdtrRefInf: { Tp: { CdOrPrtry: { Cd: "SCOR" }, Issr: "ISO" }, Ref: reference } };
  const told = { ...(words === "" ? {} : { Ustrd: words }), ...(reference == null ? {} : { Strd: structured }) };
  return Object.keys(told).length === 0 ? {} : { RmtInf: told };
}

/** An amount never has a sign of its own in these messages. */
export function sayMajor(minor: number): string {
  return (Math.abs(minor) / 100).toFixed(2);
}
