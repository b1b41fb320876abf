import { expect, test } from "vitest";
import { renderCamt053 } from "../simulators/bank/render-camt053.ts";
import { parseCamt053 } from "./camt053.ts";

/** As the Swiss payment standards' published example has it, shortened: an older version, text in several lines. */
const swiss = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.04">
  <BkToCstmrStmt>
    <GrpHdr><MsgId>CAMT.053-01</MsgId><CreDtTm>2026-03-05T22:05:00</CreDtTm></GrpHdr>
    <Stmt>
      <Id>CAMT.053_2026-03-05_01</Id>
      <CreDtTm>2026-03-05T22:05:00</CreDtTm>
      <Acct><Id><IBAN>CH4389144574419658743</IBAN></Id><Ccy>CHF</Ccy></Acct>
      <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">100.5</Amt><CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-03-05</Dt></Dt></Bal>
      <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CHF">59.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-05</Dt></Dt></Bal>
      <Ntry>
        <Amt Ccy="CHF">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><DtTm>2026-03-05T08:00:00</DtTm></BookgDt><AcctSvcrRef>REF-1</AcctSvcrRef>
        <NtryDtls><TxDtls><Refs><EndToEndId>po_1</EndToEndId></Refs>
          <RltdPties><Dbtr><Nm>Acquirer &amp; Sons</Nm></Dbtr></RltdPties>
          <RmtInf><Ustrd>STRIPE</Ustrd><Ustrd>po_1</Ustrd></RmtInf></TxDtls></NtryDtls>
      </Ntry>
      <Ntry>
        <Amt Ccy="CHF">40.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>2026-03-05</Dt></BookgDt>
      </Ntry>
      <Ntry>
        <Amt Ccy="CHF">999.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2026-03-05</Dt></BookgDt>
      </Ntry>
    </Stmt>
  </BkToCstmrStmt>
</Document>`;

test("a statement is read with its balances, and with what is booked alone", () => {
  const read = parseCamt053(swiss);
  expect(read).toMatchObject({
    ok: true,
    value: [
      {
        id: "CAMT.053_2026-03-05_01",
        iban: "CH4389144574419658743",
        currency: "CHF",
        opening: -10_050n,
        closing: 5_950n,
        from: "2026-03-05",
        entries: [
          {
            number: 1,
            amount: 20_000n,
            bookedOn: "2026-03-05",
            endToEndId: "po_1",
            bankReference: "REF-1",
            remittance: "STRIPE po_1",
            counterparty: "Acquirer & Sons",
          },
          { number: 2, amount: -4_000n, endToEndId: null, remittance: null },
        ],
      },
    ],
  });
});

test("what the simulated bank writes is read as it was meant", () => {
  const entry = { bookedOn: "2026-01-02", endToEndId: "po_2", remittance: "<PSP> & more", counterparty: "PSP" };
  const xml = renderCamt053({
    id: "S1",
    sequence: 7,
    iban: "MT84MALT011000012345MTLCAST001S",
    currency: "EUR",
    day: "2026-01-02",
    opening: -5,
    entries: [
      { id: "A", amount: 12_345, ...entry },
      { id: "B", amount: -1, ...entry },
    ],
  });
  expect(parseCamt053(xml)).toMatchObject({
    ok: true,
    value: [
      {
        sequence: 7,
        opening: -5n,
        closing: 12_339n,
        entries: [
          { amount: 12_345n, remittance: "<PSP> & more", code: "PMNT-RCDT-ESCT" },
          { amount: -1n, code: "PMNT-ICDT-ESCT" },
        ],
      },
    ],
  });
});

test.each([
  ["no XML", "a,b,c"],
  ["another message", swiss.replaceAll("camt.053.001.04", "camt.054.001.04")],
  ["a document type", swiss.replace("<Document", '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><Document')],
  ["an amount beyond the currency's decimals", swiss.replace(">40.00<", ">40.001<")],
  ["an entry in another currency", swiss.replace('<Amt Ccy="CHF">40.00', '<Amt Ccy="EUR">40.00')],
  ["a balance that is missing", swiss.replace("CLBD", "ITBD")],
])("%s is refused whole", (_what, xml) => {
  expect(parseCamt053(xml)).toMatchObject({ ok: false, error: { code: "REPORT_UNREADABLE" } });
});
