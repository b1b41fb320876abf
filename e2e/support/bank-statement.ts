/** A bank's statement as somebody in the house would bring it: ISO 20022 camt.053, with the day's entries. */
export interface StatementEntry {
  /** With its sign, as in `-12.50`. */
  readonly amount: string;
  readonly remittance: string;
}

/** Each call makes a statement of its own account's past: its name says which one, and it begins with nothing. */
export function writeStatement(name: string, iban: string, entries: readonly StatementEntry[]): string {
  const day = new Date().toISOString().slice(0, 10);
  const cents = entries.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
  const sign = (minor: number): string => (minor < 0 ? "DBIT" : "CRDT");
  const balance = (code: string, minor: number): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${(Math.abs(minor) / 100).toFixed(2)}</Amt><CdtDbtInd>${sign(minor)}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
  const entry = ({ amount, remittance }: StatementEntry, index: number): string =>
    `<Ntry><Amt Ccy="EUR">${amount.replace("-", "")}</Amt><CdtDbtInd>${amount.startsWith("-") ? "DBIT" : "CRDT"}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><AcctSvcrRef>${name}-${index}</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>${remittance}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>${name}</MsgId><CreDtTm>${day}T23:59:59Z</CreDtTm></GrpHdr>
<Stmt><Id>${name}</Id><CreDtTm>${day}T23:59:59Z</CreDtTm><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
${balance("OPBD", 0)}${balance("CLBD", cents)}
${entries.map(entry).join("\n")}
</Stmt></BkToCstmrStmt></Document>`;
}
