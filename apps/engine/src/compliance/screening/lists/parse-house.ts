/**
 * Lists that the house keeps or buys, as CSV with a header: `ref,kind,name,surname,aliases,births,countries,gender,programs,
 * remarks`. Aliases, births, countries and programs are parted by `|`; births are ISO dates or years, countries ISO codes.
 */
import { type ListEntry, type ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import { err } from "@pitboss/domain/kernel/result";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { countryCode } from "./country-codes.ts";
import { baseEntry, finishList, type GivenFile, type ParseResult, unique } from "./parsed-list.ts";
import { readIsoBirth } from "./read-birth.ts";

const several = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split("|")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  );
const row = z.object({
  ref: z.string().min(1).max(100),
  kind: z.enum(["PERSON", "OTHER"]).default("PERSON"),
  name: z.string().min(1).max(300),
  surname: z.string().max(200).default(""),
  aliases: several,
  births: several,
  countries: several,
  gender: z.enum(["M", "F", ""]).default(""),
  programs: several,
  remarks: z.string().max(10_000).default(""),
});

export function parseHouseList(
  source: Extract<ListSource, "PEP" | "HOUSE">,
  [file, ...more]: readonly GivenFile[],
): ParseResult {
  if (file === undefined || more.length > 0) return err("LIST_UNREADABLE", "It is one CSV file.");
  let records: unknown[];
  try {
    records = parse(file.bytes.toString("utf8"), { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch {
    return err("LIST_UNREADABLE", `${file.name} is no CSV with a header.`);
  }
  const entries: ListEntry[] = [];
  for (const [index, record] of records.entries()) {
    const read = row.safeParse(record);
    if (!read.success) {
      const field = read.error.issues[0]?.path.map(String).join(".") ?? "";
      return err("LIST_UNREADABLE", `Row ${index + 2} of ${file.name}: ${field} is not as it should be.`);
    }
    const { ref, kind, name, surname, aliases, births, countries, gender, programs, remarks } = read.data;
    entries.push({
      ...baseEntry(source, ref),
      kind,
      topic: source === "PEP" ? "PEP" : "SANCTION",
      names: [
        { full: name, surname: surname === "" ? null : surname, quality: "PRIMARY" },
        ...aliases.map((full) => ({ full, surname: null, quality: "STRONG" as const })),
      ],
      births: births.flatMap((birth) => readIsoBirth(birth) ?? []),
      countries: unique(countries.flatMap((text) => countryCode(text) ?? [])),
      gender: gender === "" ? null : gender,
      programs,
      remarks,
    });
  }
  return finishList(entries, null);
}
