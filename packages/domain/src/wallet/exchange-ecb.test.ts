import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rateTableSchema } from "./exchange.ts";
import { parseEcbDaily } from "./exchange-ecb.ts";

const document = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
	<gesmes:subject>Reference rates</gesmes:subject>
	<gesmes:Sender>
		<gesmes:name>European Central Bank</gesmes:name>
	</gesmes:Sender>
	<Cube>
		<Cube time='2026-11-20'>
			<Cube currency='USD' rate='1.0812'/>
			<Cube currency='JPY' rate='163.45'/>
			<Cube currency='CNY' rate='7.8021'/>
			<Cube currency='ISK' rate='149.5'/>
			<Cube currency='KRW' rate='1512'/>
		</Cube>
	</Cube>
</gesmes:Envelope>`;

describe("the ECB's daily rates", () => {
  test("are read as they are published, those of currencies that the house knows", () => {
    const table = parseEcbDaily(document);
    expect(table).toEqual({
      ok: true,
      value: {
        source: "ECB",
        asOf: "2026-11-20T00:00:00.000Z",
        base: "EUR",
        rates: { USD: "1.0812", JPY: "163.45", ISK: "149.5", KRW: "1512" },
      },
    });
    expect(table.ok && rateTableSchema.parse(table.value)).toEqual(table.ok && table.value);
  });

  test("are read with other white space, double quotes, Windows line ends and without the XML declaration", () => {
    const expected = parseEcbDaily(document);
    const compact = document.replace(/>\s+</g, "><").replace(/<\?xml.*?\?>/, "");
    for (const variant of [
      compact,
      document.replaceAll("'", '"'),
      document.replaceAll("\n", "\r\n"),
      `\uFEFF${document}\n`,
    ]) {
      expect(parseEcbDaily(variant)).toEqual(expected);
    }
  });

  test.each([
    ["nothing", ""],
    ["an error page", "<html><body>Service unavailable</body></html>"],
    ["another sender", document.replace("European Central Bank", "European Central Bunk")],
    [
      "two days, as in the history file",
      document.replace(
        "</Cube>\n\t</Cube>",
        "</Cube><Cube time='2026-11-19'><Cube currency='USD' rate='1.1'/></Cube></Cube>",
      ),
    ],
    ["no rates", document.replace(/<Cube currency.*\/>/g, "")],
    ["a rate of zero", document.replace("1.0812", "0.0000")],
    ["a negative rate", document.replace("1.0812", "-1.0812")],
    ["a rate that is no number", document.replace("1.0812", "N/A")],
    ["an exponent", document.replace("1.0812", "1e3")],
    ["a comma", document.replace("1.0812", "1,0812")],
    ["two points", document.replace("1.0812", "1.08.12")],
    ["a bare point", document.replace("1.0812", "1.")],
    ["a leading zero", document.replace("1.0812", "01.0812")],
    ["a bad rate of a currency that is left out", document.replace("7.8021", "0")],
    ["a currency twice", document.replace("JPY", "USD")],
    ["the euro itself", document.replace("JPY", "EUR")],
    ["a currency in lower case", document.replace("JPY", "jpy")],
    ["no time", document.replace(" time='2026-11-20'", "")],
    ["a day that does not exist", document.replace("2026-11-20", "2026-02-30")],
    ["a time of day", document.replace("2026-11-20", "2026-11-20T16:00")],
    ["a document type", document.replace("<gesmes:Envelope", "<!DOCTYPE x [<!ENTITY e 'x'>]><gesmes:Envelope")],
    ["a comment", document.replace("<Cube>", "<!-- --><Cube>")],
    ["something behind the end", `${document}<x/>`],
    ["something unknown in between", document.replace("<Cube>", "<Extra/><Cube>")],
    ["more than such a document can be", document.replace("<Cube>", `${" ".repeat(70_000)}<Cube>`)],
  ])("are refused with %s", (_, xml) => {
    expect(parseEcbDaily(xml)).toMatchObject({ ok: false, error: { code: "RATE_NOT_FOUND" } });
  });

  test("are refused wherever the document is cut off", () => {
    for (let length = 0; length < document.length; length += 1)
      expect(parseEcbDaily(document.slice(0, length)).ok).toBe(false);
  });

  test("are, with any one character changed, refused or a table that the schema takes", () => {
    fc.assert(
      fc.property(
        fc.nat(document.length - 1),
        fc.constantFrom("<", ">", "/", " ", "0", "9", ".", "X", "\u0000"),
        (at, char) => {
          const table = parseEcbDaily(document.slice(0, at) + char + document.slice(at + 1));
          if (table.ok) expect(rateTableSchema.safeParse(table.value).success).toBe(true);
        },
      ),
    );
  });
});
