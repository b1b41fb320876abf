/**
 * Pairs of a player and a listed person of whom it is known whether they are the same. All of them are invented. What a
 * change of the comparison does to precision and recall is read off this set.
 */
import type { ListedBirth, ListEntry } from "./list-entry.ts";
import type { Subject } from "./score-match.ts";

interface Labelled {
  readonly player: Subject;
  readonly entry: ListEntry;
  readonly same: boolean;
  readonly why: string;
}

interface Facts {
  readonly born?: string;
  readonly country?: string;
  readonly gender?: "M" | "F";
}

function player(name: string, surname: string, { born, country, gender }: Facts): Subject {
  return { name, surname, birthDate: born ?? null, country: country ?? null, gender: gender ?? null };
}

let number = 0;
function listed(names: readonly string[], surname: string | null, { born, country, gender }: Facts): ListEntry {
  number += 1;
  const birth: ListedBirth[] =
    born === undefined
      ? []
      : [{ year: Number(born.slice(0, 4)), spread: 0, day: born.length > 4 ? born.slice(5) : null }];
  return {
    source: "HOUSE",
    ref: String(number),
    kind: "PERSON",
    topic: "SANCTION",
    names: names.map((full, index) => ({ full, surname: index === 0 ? surname : null, quality: "PRIMARY" })),
    births: birth,
    countries: country === undefined ? [] : [country],
    gender: gender ?? null,
    programs: [],
    wallets: [],
    remarks: "",
  };
}

type Row = readonly [
  same: boolean,
  why: string,
  player: readonly [string, string, Facts],
  listed: readonly [readonly string[], string | null, Facts],
];

const rows: readonly Row[] = [
  [
    true,
    "letter for letter",
    ["Oskar Feldmar", "Feldmar", { born: "1961-04-02", country: "DE" }],
    [["Oskar FELDMAR"], "FELDMAR", { born: "1961-04-02", country: "DE" }],
  ],
  [true, "order of parts", ["Feldmar Oskar", "Oskar", {}], [["Oskar Feldmar"], null, {}]],
  [true, "marks", ["Zoltan Kovesdi", "Kovesdi", { country: "HU" }], [["Zoltán Kövesdi"], "Kövesdi", { country: "HU" }]],
  [true, "Polish letters", ["Lukasz Wrzosniak", "Wrzosniak", {}], [["Łukasz Wrzośniak"], "Wrzośniak", {}]],
  [
    true,
    "Cyrillic list",
    ["Viktor Ostrogin", "Ostrogin", { born: "1958-11-09" }],
    [["Виктор Острогин"], "Острогин", { born: "1958-11-09" }],
  ],
  [true, "Cyrillic both", ["Сергей Малахнов", "Малахнов", {}], [["Сергей Малахнов"], "Малахнов", {}]],
  [true, "Cyrillic player", ["Дмитрий Корбунов", "Корбунов", {}], [["Dmitriy Korbunov"], "Korbunov", {}]],
  [true, "spelling of Dmitri", ["Dmitri Korbunov", "Korbunov", {}], [["Dmitriy KORBUNOV"], "KORBUNOV", {}]],
  [true, "Ukrainian spelling", ["Oleksandr Hrynchuk", "Hrynchuk", {}], [["Олександр Гринчук"], "Гринчук", {}]],
  [
    true,
    "patronymic on the list",
    ["Viktor Ostrogin", "Ostrogin", { country: "RU" }],
    [["Viktor Semyonovich OSTROGIN"], "OSTROGIN", { country: "RU" }],
  ],
  [true, "Arabic list", ["Hassan Darwish", "Darwish", {}], [["حسن درويش"], "درويش", {}]],
  [true, "Arabic list, other vowels", ["Mohammed Khaldun", "Khaldun", {}], [["محمد خلدون"], "خلدون", {}]],
  [true, "Mohamed", ["Mohamed Khaldoun", "Khaldoun", {}], [["Muhammad KHALDUN"], "KHALDUN", {}]],
  [true, "joined parts", ["Abdulrahman Sattari", "Sattari", {}], [["Abdul Rahman SATTARI"], "SATTARI", {}]],
  [true, "article", ["Yusuf Almasri", "Almasri", {}], [["Yousef AL-MASRI"], "AL-MASRI", {}]],
  [
    true,
    "Hossein",
    ["Hossein Taghavi", "Taghavi", { country: "IR" }],
    [["Hussein TAQAVI", "Hosein Taghavi"], "TAQAVI", { country: "IR" }],
  ],
  [true, "Persian", ["Reza Golshani", "Golshani", {}], [["رضا گلشنی"], "گلشنی", {}]],
  [true, "Greek", ["Nikolaos Mavrellis", "Mavrellis", {}], [["Νικόλαος Μαυρέλλης"], "Μαυρέλλης", {}]],
  [true, "Hebrew", ["Dan Barlev", "Barlev", {}], [["דן ברלב"], "ברלב", {}]],
  [true, "Georgian", ["Giorgi Tsereladze", "Tsereladze", {}], [["გიორგი წერელაძე"], "წერელაძე", {}]],
  [true, "Armenian", ["Armen Vardikyan", "Vardikyan", {}], [["Արմեն Վարդիկյան"], "Վարդիկյան", {}]],
  [true, "Han", ["Zhao Mingde", "Zhao", { country: "CN" }], [["赵明德"], "赵", { country: "CN" }]],
  [true, "Han, given name first", ["Mingde Zhao", "Zhao", {}], [["ZHAO Mingde"], "ZHAO", {}]],
  [true, "Korean", ["Pak Jinso", "Pak", { country: "KP" }], [["박진소", "PAK, Jin So"], "박", { country: "KP" }]],
  [
    true,
    "typing mistake",
    ["Johnatan Averley", "Averley", { born: "1970-06-30" }],
    [["Jonathan AVERLEY"], "AVERLEY", { born: "1970-06-30" }],
  ],
  [true, "sound of the surname", ["Catherine Fillmore", "Fillmore", {}], [["Katherine PHILMORE"], "PHILMORE", {}]],
  [
    true,
    "year alone",
    ["Tomas Belavik", "Belavik", { born: "1966-02-11" }],
    [["Tomas BELAVIK"], "BELAVIK", { born: "1966" }],
  ],
  [
    true,
    "lives elsewhere",
    ["Arturo Villarante", "Villarante", { born: "1955-08-19", country: "MT" }],
    [["Arturo VILLARANTE"], "VILLARANTE", { born: "1955-08-19", country: "VE" }],
  ],
  [
    true,
    "two surnames",
    ["Rosa Quintela", "Quintela", { country: "ES" }],
    [["Rosa QUINTELA MARBAN"], "QUINTELA MARBAN", { country: "ES" }],
  ],
  [
    true,
    "day and month swapped",
    ["Pavel Ostrakov", "Ostrakov", { born: "1971-03-05", country: "BY" }],
    [["Pavel OSTRAKOV"], "OSTRAKOV", { born: "1971-05-03", country: "BY" }],
  ],
  [true, "alias", ["Carlos Medrano", "Medrano", {}], [["Juan Esteban PALACIN", "Carlos Medrano"], "PALACIN", {}]],
  [true, "Turkish letters", ["Isik Dagdelen", "Dagdelen", {}], [["Işık Dağdelen"], "Dağdelen", {}]],
  [true, "Vietnamese", ["Nguyen Duc Tran", "Tran", {}], [["Nguyễn Đức Trân"], "Trân", {}]],
  [true, "Thai", ["Somchai Thongdi", "Thongdi", {}], [["Somchay THONGDEE"], "THONGDEE", {}]],
  [false, "same given name", ["Viktor Malenko", "Malenko", {}], [["Viktor OSTROGIN"], "OSTROGIN", {}]],
  [false, "same surname", ["Anna Feldmar", "Feldmar", {}], [["Oskar FELDMAR"], "FELDMAR", {}]],
  [
    false,
    "other year",
    ["Oskar Feldmar", "Feldmar", { born: "1994-04-02", country: "DE" }],
    [["Oskar FELDMAR"], "FELDMAR", { born: "1961-04-02", country: "DE" }],
  ],
  [
    false,
    "other year and country",
    ["Hassan Darwish", "Darwish", { born: "1999-01-08", country: "SE" }],
    [["Hassan DARWISH"], "DARWISH", { born: "1957-07-20", country: "LB" }],
  ],
  [false, "common given name", ["Mohammed Karimov", "Karimov", {}], [["Mohammed KHALDUN"], "KHALDUN", {}]],
  [false, "common surname", ["Wei Zhang", "Zhang", {}], [["ZHANG Mingde"], "ZHANG", {}]],
  [
    false,
    "brother",
    ["Nikolaos Mavrellis", "Mavrellis", { born: "1980-01-01" }],
    [["Nikolas MAVRELLIS"], "MAVRELLIS", { born: "1949-05-11" }],
  ],
  [
    false,
    "daughter",
    ["Viktoria Ostrogin", "Ostrogin", { gender: "F" }],
    [["Viktor OSTROGIN"], "OSTROGIN", { gender: "M" }],
  ],
  [false, "short names", ["Li Na", "Li", {}], [["LIN Dan"], "LIN", {}]],
  [
    false,
    "alike and short",
    ["Jan Novak", "Novak", { born: "1985-12-01" }],
    [["Ivan NOVAKOV"], "NOVAKOV", { born: "1960-03-14" }],
  ],
  [false, "nothing in common", ["Ada Borg", "Borg", {}], [["Pavel OSTRAKOV"], "OSTRAKOV", {}]],
  [false, "one-word alias", ["Carlos Rossi", "Rossi", {}], [["Carlos"], null, {}]],
  [false, "given names swapped for surname", ["Maria Lopez", "Lopez", {}], [["Maria Lorenza"], "Lorenza", {}]],
  [
    false,
    "common Arabic names",
    ["Ahmed Ali", "Ali", { born: "1990-01-01", country: "GB" }],
    [["Ahmad ALI HASSAN"], "ALI HASSAN", { born: "1962", country: "IQ" }],
  ],
  [false, "near surname", ["Erik Lindqvist", "Lindqvist", {}], [["Erik LINDSTROM"], "LINDSTROM", {}]],
  [
    false,
    "near given name",
    ["Marian Kowalik", "Kowalik", { born: "1988-10-10", country: "PL" }],
    [["Marina KOWALIK"], "KOWALIK", { born: "1979-02-02", country: "PL", gender: "F" }],
  ],
  [
    false,
    "Spanish common",
    ["Jose Garcia", "Garcia", { born: "1991-06-06", country: "ES" }],
    [["Jose GARCIA TORREALBA"], "GARCIA TORREALBA", { born: "1966-09-09", country: "VE" }],
  ],
  [false, "father's name is a given name", ["Ivan Petrov", "Petrov", {}], [["Petr IVANOV"], "IVANOV", {}]],
  [false, "Korean common", ["Kim Jisoo", "Kim", { country: "KR" }], [["KIM Yong Chol"], "KIM", { country: "KP" }]],
  [false, "Cyrillic other", ["Андрей Смирнов", "Смирнов", {}], [["Андрей Малахнов"], "Малахнов", {}]],
];

export const labelledNames: readonly Labelled[] = rows.map(
  ([same, why, [name, surname, facts], [names, listedSurname, its]]) => ({
    same,
    why,
    player: player(name, surname, facts),
    entry: listed(names, listedSurname, its),
  }),
);
