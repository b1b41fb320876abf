/**
 * Reads the European Central Bank's daily reference rates (`eurofxref-daily.xml`, published on working days around 16:00
 * CET at https://www.ecb.europa.eu/stats/eurofxref/). The document has one fixed form, so it is matched as a whole: what
 * deviates from it anywhere, or was cut off, is refused rather than read in part.
 */
import { err, ok, type Failure, type Result } from "../kernel/result.ts";
import { isCurrency } from "./currency.ts";
import { rateForm, type RateTable } from "./exchange.ts";

const lengthMax = 64 * 1024;
const rateElement = '<Cube\\s+currency="([A-Z]{3})"\\s+rate="([0-9.]{1,32})"\\s*/>';
const documentForm = new RegExp(
  [
    "^\\uFEFF?(?:<\\?xml[^<>]*\\?>)?",
    "<gesmes:Envelope(?:\\s[^<>]*)?>",
    "<gesmes:subject>Reference rates</gesmes:subject>",
    "<gesmes:Sender>",
    "<gesmes:name>European Central Bank</gesmes:name>",
    "</gesmes:Sender>",
    "<Cube>",
    `<Cube\\s+time="(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"\\s*>(?<rates>(?:\\s*${rateElement})+)`,
    "</Cube>",
    "</Cube>",
    "</gesmes:Envelope>",
    "$",
  ].join("\\s*"),
);

/**
 * The table of one day. The document names a day and no hour, so the rates are taken to be of 00:00 UTC of that day,
 * the earliest instant it can mean: a table never counts as younger than it is. Currencies that the house does not know
 * are checked like the others and left out. Fails with RATE_NOT_FOUND, and a sentence that says what was wrong with it.
 */
export function parseEcbDaily(xml: string): Result<RateTable, Failure<"RATE_NOT_FOUND">> {
  if (xml.length > lengthMax) return refuse("it is longer than such a document can be");
  // Attributes come in either kind of quotes, and no value that is taken can contain one.
  const text = xml.replaceAll("'", '"');
  const { day, rates: elements } = documentForm.exec(text)?.groups ?? {};
  if (day === undefined || elements === undefined) return refuse("it has not the form of eurofxref-daily.xml");
  const asOf = new Date(`${day}T00:00:00Z`);
  // A day that the month has not (30 February) would be read as one of the next month.
  if (Number.isNaN(asOf.getTime()) || !asOf.toISOString().startsWith(day)) return refuse(`there is no day ${day}`);
  const rates: RateTable["rates"] = {};
  const seen = new Set<string>();
  for (const [, currency = "", rate = ""] of elements.matchAll(new RegExp(rateElement, "g"))) {
    if (!rateForm.test(rate)) return refuse(`"${rate}" is no rate of ${currency}`);
    if (seen.has(currency) || currency === "EUR") return refuse(`${currency} is there twice, or is the euro itself`);
    seen.add(currency);
    if (isCurrency(currency)) rates[currency] = rate;
  }
  return ok({ source: "ECB", asOf: asOf.toISOString(), base: "EUR", rates });
}

function refuse(why: string): Result<never, Failure<"RATE_NOT_FOUND">> {
  return err("RATE_NOT_FOUND", `The document of the European Central Bank can't be used: ${why}.`);
}
