/**
 * OFAC's list of Specially Designated Nationals as CSV: `sdn.csv`, and beside it `alt.csv` (other names), `add.csv`
 * (addresses) and `sdn_comments.csv` (remarks that did not fit). No header, 12 columns in the first, `-0- ` for nothing;
 * `ent_num` ties them together. Source: OFAC, "SDN Data Formats" (https://ofac.treasury.gov).
 */
import type { ListEntry, ListedBirth, ListedName, NameQuality } from "@pitboss/domain/compliance/screening/list-entry";
import { err } from "@pitboss/domain/kernel/result";
import { parse } from "csv-parse/sync";
import { countryCode } from "./country-codes.ts";
import { baseEntry, finishList, type GivenFile, type ParseResult, unique } from "./parsed-list.ts";
import { readWrittenBirth } from "./read-birth.ts";

const columns = { sdn: 12, alt: 5, add: 6, comments: 2 } as const;
type FileKind = keyof typeof columns;

export function parseOfac(files: readonly GivenFile[]): ParseResult {
  const tables: Partial<Record<FileKind, string[][]>> = {};
  for (const file of files) {
    const kind = kindOf(file.name);
    if (kind === undefined) return err("LIST_UNREADABLE", `${file.name} is none of sdn, alt, add and sdn_comments.`);
    const rows = readCsv(file.bytes);
    const wrong = rows?.findIndex((row) => row.length !== columns[kind]);
    if (rows === undefined) return err("LIST_UNREADABLE", `${file.name} is no CSV.`);
    if (wrong !== -1)
      return err("LIST_UNREADABLE", `Row ${(wrong ?? 0) + 1} of ${file.name} has not ${columns[kind]} columns.`);
    tables[kind] = rows;
  }
  if (tables.sdn === undefined) return err("LIST_UNREADABLE", "sdn.csv is missing.");
  const others = group(tables.alt ?? []);
  const addresses = group(tables.add ?? []);
  const comments = group(tables.comments ?? []);
  const entries = tables.sdn.map((row) => {
    const ref = row[0] ?? "";
    return entryOf(row, others.get(ref) ?? [], addresses.get(ref) ?? [], comments.get(ref) ?? []);
  });
  return finishList(entries, null);
}

function kindOf(name: string): FileKind | undefined {
  const plain = name.toLowerCase();
  if (plain.includes("comment")) return "comments";
  return (["sdn", "alt", "add"] as const).find((kind) => plain.includes(kind));
}

function readCsv(bytes: Buffer): string[][] | undefined {
  // The files end with a DOS end-of-file mark.
  const text = bytes.toString("utf8").replace(/\u001a\s*$/, "");
  try {
    const rows: string[][] = parse(text, {
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      skip_empty_lines: true,
    });
    return rows.map((row) => row.map((cell) => (cell === "-0-" ? "" : cell)));
  } catch {
    return undefined;
  }
}

function group(rows: readonly string[][]): Map<string, string[][]> {
  const groups = new Map<string, string[][]>();
  for (const row of rows) {
    const key = row[0] ?? "";
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return groups;
}

function entryOf(row: string[], others: string[][], addresses: string[][], comments: string[][]): ListEntry {
  const [ref = "", name = "", type = "", program = ""] = row;
  const remarks = [row[11] ?? "", ...comments.map(([, more = ""]) => more)].join("").trim();
  const facts = remarks.split(/;\s*/).map((fact) => fact.trim().replace(/\.$/, ""));
  const person = type.toLowerCase() === "individual";
  const names = [nameOf(name, person, "PRIMARY"), ...others.map((other) => nameOf(other[3] ?? "", person, "STRONG"))];
  const weak = facts.flatMap((fact) => /^a\.k\.a\. '(.+)'$/.exec(fact)?.[1] ?? []);
  return {
    ...baseEntry("OFAC_SDN", ref),
    kind: person ? "PERSON" : "OTHER",
    names: [...names, ...weak.map((alias) => nameOf(alias, person, "WEAK"))].filter(({ full }) => full !== ""),
    births: facts.flatMap(birthOf),
    countries: unique([
      ...facts.flatMap((fact) => countryOf(/^(?:alt\. )?(?:nationality|citizen) (.+)$/i.exec(fact)?.[1])),
      ...addresses.flatMap((address) => countryOf(address[4])),
    ]),
    gender: genderOf(facts),
    programs: unique(program.split(/\]\s*\[/).map((one) => one.replace(/[[\]]/g, "").trim())).filter(
      (one) => one !== "",
    ),
    wallets: facts.flatMap((fact) => {
      const [, asset, address] = /^(?:alt\. )?Digital Currency Address - ([A-Z0-9]{2,10}) (\S+)$/.exec(fact) ?? [];
      return asset === undefined || address === undefined ? [] : [{ asset, address }];
    }),
    remarks,
  };
}

/** `LAST, First Middle` of persons, as it is written of all else. */
function nameOf(text: string, person: boolean, quality: NameQuality): ListedName {
  const comma = text.indexOf(",");
  if (!person || comma < 0) return { full: text.trim(), surname: null, quality };
  const surname = text.slice(0, comma).trim();
  return { full: `${text.slice(comma + 1).trim()} ${surname}`.trim(), surname, quality };
}

function birthOf(fact: string): ListedBirth[] {
  const text = /^(?:alt\. )?DOB (.+)$/.exec(fact)?.[1];
  const birth = text === undefined ? undefined : readWrittenBirth(text);
  return birth === undefined ? [] : [birth];
}

function countryOf(text: string | undefined): string[] {
  const code = text === undefined ? undefined : countryCode(text);
  return code === undefined ? [] : [code];
}

function genderOf(facts: readonly string[]): "M" | "F" | null {
  const gender = facts.find((fact) => /^Gender /i.test(fact))?.toLowerCase();
  return gender === undefined ? null : gender.endsWith("female") ? "F" : gender.endsWith("male") ? "M" : null;
}
