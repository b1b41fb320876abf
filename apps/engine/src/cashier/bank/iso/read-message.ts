/** A message of a bank: which one it is, and what it says. What can't be read whole is not read at all. */
import { z } from "zod";
import type { BankMessage } from "../bank.ts";
import { readXml } from "../read-xml.ts";
import { camt053, camt054, readMovements } from "./read-movements.ts";
import { pain002, readStatus } from "./read-pain002.ts";

const document = z.object({ Document: z.union([pain002, camt054, camt053]) });
const header = z.object({
  Document: z.looseObject({ "@xmlns": z.string() }).transform((found) => ({
    type: found["@xmlns"].split(":").at(-1) ?? "",
    id: z
      .object({ GrpHdr: z.object({ MsgId: z.string().min(1).max(35) }) })
      .safeParse(Object.entries(found).find(([name]) => !name.startsWith("@"))?.[1]).data?.GrpHdr.MsgId,
  })),
});

/** What it calls itself, and its id; undefined where it has none. */
export function readHeader(body: Buffer): { readonly type: string; readonly id: string } | undefined {
  try {
    const { type, id } = header.parse(readXml(body.toString("utf8"))).Document;
    return id === undefined ? undefined : { type, id };
  } catch {
    return undefined;
  }
}

export function readMessage(body: Buffer): BankMessage {
  let read: unknown;
  try {
    read = readXml(body.toString("utf8"));
  } catch {
    return { kind: "unknown", why: "It is not well-formed XML, or has a document type." };
  }
  const parsed = document.safeParse(read);
  if (!parsed.success)
    return { kind: "unknown", why: `It can't be read: ${z.prettifyError(parsed.error).slice(0, 300)}` };
  const found = parsed.data.Document;
  if ("CstmrPmtStsRpt" in found) {
    const report = readStatus(found);
    return report === undefined
      ? { kind: "unknown", why: "It has a status or an amount that is not known." }
      : { kind: "status", report };
  }
  const parts = "BkToCstmrStmt" in found ? found.BkToCstmrStmt.Stmt : found.BkToCstmrDbtCdtNtfctn.Ntfctn;
  const reports = readMovements(parts);
  return reports === undefined
    ? { kind: "unknown", why: "It has an entry without a reference, or an amount that can't be read." }
    : { kind: "movements", reports };
}
