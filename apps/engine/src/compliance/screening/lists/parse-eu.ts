/** The consolidated list of persons under financial sanctions of the European Union, XML 1.1 (https://webgate.ec.europa.eu/fsd). */
import type { ListEntry, ListedBirth, ListedName } from "@pitboss/domain/compliance/screening/list-entry";
import { err } from "@pitboss/domain/kernel/result";
import { baseEntry, finishList, type GivenFile, type ParseResult, unique } from "./parsed-list.ts";
import { readIsoBirth, spanOf } from "./read-birth.ts";
import { readRecords, textOf, within, type XmlNode } from "./read-records.ts";

export function parseEu([file, ...more]: readonly GivenFile[]): ParseResult {
  if (file === undefined || more.length > 0) return err("LIST_UNREADABLE", "It is one XML file.");
  const entries: ListEntry[] = [];
  const read = readRecords(file.bytes, new Set(["sanctionEntity"]), (record) => entries.push(entryOf(record)));
  if (read === undefined || read.root.name !== "export") {
    return err("LIST_UNREADABLE", `${file.name} is not the consolidated list of the European Union.`);
  }
  const published = /^[0-9]{4}-[0-9]{2}-[0-9]{2}/.exec(read.root.attributes["generationDate"] ?? "")?.[0];
  return finishList(entries, published ?? null);
}

function entryOf(record: XmlNode): ListEntry {
  const type = within(record, "subjectType")[0]?.attributes ?? {};
  const person = type["code"] === "person" || type["classificationCode"] === "P";
  const aliases = within(record, "nameAlias");
  const genders = unique(aliases.map(({ attributes }) => attributes["gender"] ?? "").filter((gender) => gender !== ""));
  const [gender] = genders;
  const countries = ["citizenship", "address", "birthdate"].flatMap((name) =>
    within(record, name).map(({ attributes }) => attributes["countryIso2Code"] ?? ""),
  );
  return {
    ...baseEntry("EU", record.attributes["logicalId"] ?? ""),
    kind: person ? "PERSON" : "OTHER",
    names: aliases.map((alias, index) => nameOf(alias, index)).filter(({ full }) => full !== ""),
    births: within(record, "birthdate").flatMap(birthOf),
    countries: unique(countries.filter((code) => /^[A-Z]{2}$/.test(code))),
    gender: genders.length === 1 && (gender === "M" || gender === "F") ? gender : null,
    programs: unique(
      [
        ...within(record, "regulation").map(({ attributes }) => attributes["programme"] ?? ""),
        record.attributes["euReferenceNumber"] ?? "",
      ].filter((text) => text !== ""),
    ),
    remarks: textOf(record, "remark"),
  };
}

function nameOf({ attributes }: XmlNode, index: number): ListedName {
  const { firstName = "", middleName = "", lastName = "", wholeName = "", strong = "true" } = attributes;
  const spelled = [firstName, middleName, lastName].filter((part) => part !== "").join(" ");
  return {
    full: wholeName === "" ? spelled : wholeName,
    surname: lastName === "" ? null : lastName,
    quality: strong === "false" ? "WEAK" : index === 0 ? "PRIMARY" : "STRONG",
  };
}

function birthOf({ attributes }: XmlNode): ListedBirth[] {
  const { birthdate = "", year = "", circa = "false", yearRangeFrom = "", yearRangeTo = "" } = attributes;
  if (/^[0-9]{4}$/.test(yearRangeFrom) && /^[0-9]{4}$/.test(yearRangeTo)) {
    return [spanOf(Number(yearRangeFrom), Number(yearRangeTo))];
  }
  const read = readIsoBirth(birthdate === "" ? year : birthdate, circa === "true");
  return read === undefined ? [] : [read];
}
