/** The publishers' formats, with invented people. */
import type { ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import { expect, test } from "vitest";
import { parseList } from "./parse-list.ts";

function parse(source: ListSource, files: Readonly<Record<string, string>>) {
  return parseList(
    source,
    Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  );
}

function entriesOf(source: ListSource, files: Readonly<Record<string, string>>) {
  const parsed = parse(source, files);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

const sdn =
  '36,"NORTHWATER AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n' +
  '9001,"OSTROGIN, Viktor Semyonovich","individual","CYBER2] [RUSSIA-EO14024",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 09 Nov 1958; alt. DOB circa 1960; POB Testgrad; nationality Russia; Gender Male; a.k.a. \'VITYA\'; Digital Currency Address - XBT 1TestAddressOfNobody; alt. Digital Currency Address - ETH 0x00000000000000000000000000000000000000aa"\r\n\u001a';

test("OFAC: persons and firms, other names, addresses, births, programs and addresses on chains", () => {
  const { entries } = entriesOf("OFAC_SDN", {
    "sdn.csv": sdn,
    "alt.csv": '9001,1,"aka","OSTROGHIN, Victor",-0- \r\n',
    "add.csv": '9001,1,"1 Harbour Road","Testgrad","Belarus",-0- \r\n',
    "sdn_comments.csv": '9001,"; Linked To: NORTHWATER AIRLINES."\r\n',
  });
  expect(entries.map(({ kind }) => kind)).toEqual(["OTHER", "PERSON"]);
  expect(entries[0]?.remarks).toBe("");
  expect(entries[1]).toMatchObject({
    ref: "9001",
    names: [
      { full: "Viktor Semyonovich OSTROGIN", surname: "OSTROGIN", quality: "PRIMARY" },
      { full: "Victor OSTROGHIN", surname: "OSTROGHIN", quality: "STRONG" },
      { full: "VITYA", surname: null, quality: "WEAK" },
    ],
    births: [
      { year: 1958, spread: 0, day: "11-09" },
      { year: 1960, spread: 2, day: null },
    ],
    countries: ["RU", "BY"],
    gender: "M",
    programs: ["CYBER2", "RUSSIA-EO14024"],
    wallets: [
      { asset: "XBT", address: "1TestAddressOfNobody" },
      { asset: "ETH", address: "0x00000000000000000000000000000000000000aa" },
    ],
  });
});

test("the United Nations: names in parts and in their script, births exact, about and between", () => {
  const { entries, publishedOn } = entriesOf("UN", {
    "consolidated.xml": `<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-11-20T23:00:01"><INDIVIDUALS><INDIVIDUAL><DATAID>6900001</DATAID>
<FIRST_NAME>REZA</FIRST_NAME><SECOND_NAME>GOLSHANI</SECOND_NAME><UN_LIST_TYPE>Test</UN_LIST_TYPE>
<REFERENCE_NUMBER>TSi.001</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>رضا گلشنی</NAME_ORIGINAL_SCRIPT><GENDER>Male</GENDER>
<COMMENTS1>Invented &amp; harmless.</COMMENTS1><NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Reza G</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1961-03-04</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1964</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>6900002</DATAID><FIRST_NAME>HOLLOW TRADING</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>`,
  });
  expect(publishedOn).toBe("2026-11-20");
  expect(entries[0]).toMatchObject({
    ref: "6900001",
    kind: "PERSON",
    names: [
      { full: "REZA GOLSHANI", surname: "GOLSHANI", quality: "PRIMARY" },
      { full: "رضا گلشنی", surname: null },
      { full: "Reza G", quality: "WEAK" },
    ],
    births: [
      { year: 1961, spread: 0, day: "03-04" },
      { year: 1962, spread: 2, day: null },
    ],
    countries: ["IR"],
    gender: "M",
    remarks: "Invented & harmless.",
  });
  expect(entries[1]).toMatchObject({ kind: "OTHER", names: [{ full: "HOLLOW TRADING" }] });
});

test("the European Union: attributes of aliases, births, citizenships and regulations", () => {
  const { entries, publishedOn } = entriesOf("EU", {
    "eu.xml": `<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-19T10:00:00.000+01:00"><sanctionEntity euReferenceNumber="EU.1.1" logicalId="77">
<remark>Invented.</remark><regulation programme="BLR"/><subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Pavel" middleName="" lastName="Ostrakov" wholeName="Pavel Ostrakov" gender="M" strong="true"/>
<nameAlias firstName="" lastName="" wholeName="Павел Остраков" gender="M" strong="false"/>
<citizenship countryIso2Code="BY"/><birthdate circa="false" birthdate="1971-05-03" year="1971" countryIso2Code="00"/></sanctionEntity></export>`,
  });
  expect(publishedOn).toBe("2026-11-19");
  expect(entries).toMatchObject([
    {
      ref: "77",
      kind: "PERSON",
      names: [
        { full: "Pavel Ostrakov", surname: "Ostrakov", quality: "PRIMARY" },
        { full: "Павел Остраков", surname: null, quality: "WEAK" },
      ],
      births: [{ year: 1971, spread: 0, day: "05-03" }],
      countries: ["BY"],
      gender: "M",
      programs: ["BLR", "EU.1.1"],
    },
  ]);
});

test("the United Kingdom: six parts of a name, names in other scripts, births without a day", () => {
  const { entries, publishedOn } = entriesOf("UK", {
    "uk.xml": `<?xml version="1.0" encoding="UTF-8"?>
<Designations><DateGenerated>18/11/2026</DateGenerated><Designation><UniqueID>TST0001</UniqueID><Names><Name><Name1>Nikolaos</Name1><Name6>MAVRELLIS</Name6><NameType>Primary Name</NameType></Name>
<Name><Name6>NIKO</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>Νικόλαος Μαυρέλλης</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>Test</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip><Addresses><Address><AddressCountry>Cyprus</AddressCountry></Address></Addresses>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1949</DOB><DOB>11/05/1949</DOB></DOBs><Nationalities><Nationality>Greece</Nationality></Nationalities><Genders><Gender>Male</Gender></Genders></Individual></IndividualDetails></Designation></Designations>`,
  });
  expect(publishedOn).toBe("2026-11-18");
  expect(entries).toMatchObject([
    {
      ref: "TST0001",
      names: [
        { full: "Nikolaos MAVRELLIS", surname: "MAVRELLIS", quality: "PRIMARY" },
        { full: "NIKO", quality: "WEAK" },
        { full: "Νικόλαος Μαυρέλλης" },
      ],
      births: [
        { year: 1949, spread: 0, day: null },
        { year: 1949, spread: 0, day: "05-11" },
      ],
      countries: ["GR", "CY"],
      gender: "M",
    },
  ]);
});

test("a list that the house keeps", () => {
  const { entries } = entriesOf("PEP", {
    "pep.csv":
      "ref,name,surname,aliases,births,countries,gender\np1,Rosa Quintela,Quintela,R. Quintela|Rosa Q,1970|1971-02-03,ES,F\n",
  });
  expect(entries).toMatchObject([
    {
      topic: "PEP",
      kind: "PERSON",
      gender: "F",
      countries: ["ES"],
      births: [{ year: 1970 }, { year: 1971, day: "02-03" }],
    },
  ]);
});

test.each([
  ["OFAC_SDN", { "sdn.csv": "1,two,three\n" }, "Row 1 of sdn.csv has not 12 columns."],
  ["OFAC_SDN", { "alt.csv": '9001,1,"aka","X",-0- \n' }, "sdn.csv is missing."],
  ["UN", { "x.xml": "<CONSOLIDATED_LIST><INDIVIDUAL>" }, "x.xml is not the consolidated list of the United Nations."],
  ["EU", { "x.xml": "<export></export>" }, "No entry was found in it."],
  ["UK", { "x.xml": '<!DOCTYPE x [<!ENTITY a "b">]><Designations/>' }, "x.xml is not the UK Sanctions List."],
  ["HOUSE", { "x.csv": "ref,name\n1,Ada\n1,Bo\n" }, "It has the entry 1 twice."],
] as const)("%s: another file is refused, with what is wrong", (source, files, detail) => {
  expect(parse(source, files)).toMatchObject({ ok: false, error: { code: "LIST_UNREADABLE", detail } });
});
