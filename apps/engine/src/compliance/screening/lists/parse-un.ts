/** The consolidated list of the United Nations Security Council, XML (https://scsanctions.un.org). */
import type { ListEntry, ListedBirth, ListedName } from "@pitboss/domain/compliance/screening/list-entry";
import { err } from "@pitboss/domain/kernel/result";
import { countryCode } from "./country-codes.ts";
import { baseEntry, finishList, type GivenFile, type ParseResult, unique } from "./parsed-list.ts";
import { readIsoBirth, spanOf } from "./read-birth.ts";
import { readRecords, textOf, within, type XmlNode } from "./read-records.ts";

const parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"] as const;

export function parseUn([file, ...more]: readonly GivenFile[]): ParseResult {
  if (file === undefined || more.length > 0) return err("LIST_UNREADABLE", "It is one XML file.");
  const entries: ListEntry[] = [];
  const read = readRecords(file.bytes, new Set(["INDIVIDUAL", "ENTITY"]), (record) => entries.push(entryOf(record)));
  if (read === undefined || read.root.name !== "CONSOLIDATED_LIST") {
    return err("LIST_UNREADABLE", `${file.name} is not the consolidated list of the United Nations.`);
  }
  const published = /^[0-9]{4}-[0-9]{2}-[0-9]{2}/.exec(read.root.attributes["dateGenerated"] ?? "")?.[0];
  return finishList(entries, published ?? null);
}

function entryOf(record: XmlNode): ListEntry {
  const person = record.name === "INDIVIDUAL";
  const spelled = parts.map((part) => textOf(record, part)).filter((part) => part !== "");
  const surname = person && spelled.length > 1 ? (spelled.at(-1) ?? null) : null;
  const original = textOf(record, "NAME_ORIGINAL_SCRIPT");
  const aliases = within(record, `${record.name}_ALIAS`).flatMap((alias): ListedName[] => {
    const full = textOf(alias, "ALIAS_NAME");
    return full === ""
      ? []
      : [{ full, surname: null, quality: textOf(alias, "QUALITY") === "Low" ? "WEAK" : "STRONG" }];
  });
  const countries = [
    ...within(record, "NATIONALITY", "VALUE").map(({ text }) => text),
    ...within(record, `${record.name}_ADDRESS`, "COUNTRY").map(({ text }) => text),
  ];
  const gender = textOf(record, "GENDER").toLowerCase();
  return {
    ...baseEntry("UN", textOf(record, "DATAID")),
    kind: person ? "PERSON" : "OTHER",
    names: [
      { full: spelled.join(" "), surname, quality: "PRIMARY" },
      ...(original === "" ? [] : [{ full: original, surname: null, quality: "PRIMARY" } as const]),
      ...aliases,
    ],
    births: within(record, "INDIVIDUAL_DATE_OF_BIRTH").flatMap(birthOf),
    countries: unique(countries.flatMap((text) => countryCode(text) ?? [])),
    gender: gender === "male" ? "M" : gender === "female" ? "F" : null,
    programs: unique(
      [textOf(record, "UN_LIST_TYPE"), textOf(record, "REFERENCE_NUMBER")].filter((text) => text !== ""),
    ),
    remarks: textOf(record, "COMMENTS1"),
  };
}

function birthOf(birth: XmlNode): ListedBirth[] {
  const [from, to] = [textOf(birth, "FROM_YEAR"), textOf(birth, "TO_YEAR")];
  if (from !== "" && to !== "") return [spanOf(Number(from), Number(to))];
  const about = textOf(birth, "TYPE_OF_DATE") === "APPROXIMATELY";
  const read = readIsoBirth(textOf(birth, "DATE") || textOf(birth, "YEAR"), about);
  return read === undefined ? [] : [read];
}
