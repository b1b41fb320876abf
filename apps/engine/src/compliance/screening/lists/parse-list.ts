import type { ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import { parseEu } from "./parse-eu.ts";
import { parseHouseList } from "./parse-house.ts";
import { parseOfac } from "./parse-ofac.ts";
import { parseUk } from "./parse-uk.ts";
import { parseUn } from "./parse-un.ts";
import type { GivenFile, ParseResult } from "./parsed-list.ts";

/** A list's files, in the format of its publisher. */
export function parseList(source: ListSource, files: readonly GivenFile[]): ParseResult {
  switch (source) {
    case "OFAC_SDN":
      return parseOfac(files);
    case "UN":
      return parseUn(files);
    case "EU":
      return parseEu(files);
    case "UK":
      return parseUk(files);
    case "PEP":
    case "HOUSE":
      return parseHouseList(source, files);
  }
}
