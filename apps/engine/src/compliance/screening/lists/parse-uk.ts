/** The UK Sanctions List of the Foreign, Commonwealth and Development Office, XML (https://www.gov.uk/government/publications/the-uk-sanctions-list). */
import type { ListEntry, ListedName } from "@pitboss/domain/compliance/screening/list-entry";
import { err } from "@pitboss/domain/kernel/result";
import { countryCode } from "./country-codes.ts";
import { baseEntry, finishList, type GivenFile, type ParseResult, unique } from "./parsed-list.ts";
import { readBritishBirth } from "./read-birth.ts";
import { readRecords, textOf, within, type XmlNode } from "./read-records.ts";

/** Given names first; the sixth is the surname, or the whole name of what is no person. */
const parts = ["Name1", "Name2", "Name3", "Name4", "Name5", "Name6"] as const;

export function parseUk([file, ...more]: readonly GivenFile[]): ParseResult {
  if (file === undefined || more.length > 0) return err("LIST_UNREADABLE", "It is one XML file.");
  const entries: ListEntry[] = [];
  const read = readRecords(file.bytes, new Set(["Designation"]), (record) => entries.push(entryOf(record)));
  if (read === undefined || read.root.name !== "Designations") {
    return err("LIST_UNREADABLE", `${file.name} is not the UK Sanctions List.`);
  }
  const [, day, month, year] = /^([0-9]{2})\/([0-9]{2})\/([0-9]{4})/.exec(textOf(read.root, "DateGenerated")) ?? [];
  return finishList(entries, year === undefined ? null : `${year}-${month ?? ""}-${day ?? ""}`);
}

function entryOf(record: XmlNode): ListEntry {
  const person = textOf(record, "IndividualEntityShip") === "Individual";
  const individuals = within(record, "IndividualDetails", "Individual");
  const genders = individuals.flatMap((one) => within(one, "Genders", "Gender").map(({ text }) => text.trim()));
  const countries = [
    ...individuals.flatMap((one) => within(one, "Nationalities", "Nationality").map(({ text }) => text)),
    ...within(record, "Addresses", "Address", "AddressCountry").map(({ text }) => text),
  ];
  return {
    ...baseEntry("UK", textOf(record, "UniqueID")),
    kind: person ? "PERSON" : "OTHER",
    names: [
      ...within(record, "Names", "Name").map((name) => nameOf(name, person)),
      ...within(record, "NonLatinNames", "NonLatinName").map(
        (name): ListedName => ({ full: textOf(name, "NameNonLatinScript"), surname: null, quality: "STRONG" }),
      ),
    ].filter(({ full }) => full !== ""),
    births: individuals.flatMap((one) =>
      within(one, "DOBs", "DOB").flatMap(({ text }) => readBritishBirth(text) ?? []),
    ),
    countries: unique(countries.flatMap((text) => countryCode(text) ?? [])),
    gender: genders.includes("Female") ? "F" : genders.includes("Male") ? "M" : null,
    programs: [textOf(record, "RegimeName")].filter((text) => text !== ""),
    remarks: textOf(record, "OtherInformation"),
  };
}

function nameOf(name: XmlNode, person: boolean): ListedName {
  const surname = textOf(name, "Name6");
  const weak = textOf(name, "AliasStrength").toLowerCase().includes("low");
  return {
    full: parts
      .map((part) => textOf(name, part))
      .filter((part) => part !== "")
      .join(" "),
    surname: person && surname !== "" ? surname : null,
    quality: weak ? "WEAK" : textOf(name, "NameType") === "Primary Name" ? "PRIMARY" : "STRONG",
  };
}
