/** A game as a form has it: one text for each field, read back into a game or into what can't be taken. */
import { gameDevices, gameEntry, type GameEntry } from "@pitboss/domain/catalog/game-entry";

export const draftFields = [
  "name",
  "category",
  "tags",
  "languages",
  "banned",
  "jurisdictions",
  "limits",
  "providerLimits",
  "rtpVersions",
  "sideBets",
] as const;
export type DraftField = (typeof draftFields)[number];

export type Device = (typeof gameDevices)[number];

export interface GameDraft {
  readonly texts: Readonly<Record<DraftField, string>>;
  readonly devices: readonly Device[];
}

/** One entry a line; the others are parted by commas. */
const lineFields = ["limits", "providerLimits", "rtpVersions", "sideBets"] as const;
const listFields: ReadonlySet<DraftField> = new Set(["tags", "languages", "banned", "jurisdictions"]);

export function isLines(field: DraftField): field is (typeof lineFields)[number] {
  return lineFields.some((one) => one === field);
}

export function isList(field: DraftField): boolean {
  return listFields.has(field);
}

export function draftOf(game: Omit<GameEntry, "code">): GameDraft {
  return {
    devices: game.devices,
    texts: {
      name: game.name,
      category: game.category,
      tags: game.tags.join(", "),
      languages: game.languages.join(", "),
      banned: game.bannedCountries.join(", "),
      jurisdictions: game.jurisdictions.join(", "),
      limits: Object.entries(game.limits)
        .map(([currency, { min, max }]) => `${currency} ${min}-${max}`)
        .join("\n"),
      providerLimits: game.providerLimits
        .map(({ limit, currency, min, max }) => `${limit} ${currency} ${min}-${max}`)
        .join("\n"),
      rtpVersions: game.rtpVersions.map(({ version, rtp }) => `${version} ${rtp}`).join("\n"),
      sideBets: game.sideBets.map(({ code, name }) => `${code} ${name}`).join("\n"),
    },
  };
}

export function readDraft(code: string, { texts, devices }: GameDraft) {
  return gameEntry.safeParse({
    code,
    name: texts.name,
    category: texts.category.trim(),
    tags: listOf(texts.tags),
    devices: gameDevices.filter((device) => devices.includes(device)),
    languages: listOf(texts.languages),
    bannedCountries: listOf(texts.banned),
    jurisdictions: listOf(texts.jurisdictions),
    limits: readLimits(texts.limits),
    providerLimits: linesOf(texts.providerLimits).map(readProviderLimit),
    rtpVersions: linesOf(texts.rtpVersions).map((line) => {
      const [version, rtp] = splitOnce(line);
      return { version, rtp: rtp.replace(/\s*%$/, "") };
    }),
    sideBets: linesOf(texts.sideBets).map((line) => {
      const [bet, name] = splitOnce(line);
      return { code: bet, name };
    }),
  });
}

/** A currency's second line stays as what no game takes, instead of taking the place of the first. */
function readLimits(text: string): Record<string, { readonly min: string; readonly max: string }> {
  const limits: Record<string, { readonly min: string; readonly max: string }> = {};
  for (const line of linesOf(text)) {
    const [currency, range] = splitOnce(line);
    limits[currency in limits ? line : currency] = rangeOf(range);
  }
  return limits;
}

/** A limit's name may have spaces in it: the range comes last, and the currency before it. */
function readProviderLimit(line: string): GameEntry["providerLimits"][number] {
  const words = line.split(/\s+/);
  const [currency = "", range = ""] = words.slice(-2);
  return { limit: words.slice(0, -2).join(" "), currency, ...rangeOf(range) };
}

function rangeOf(text: string): { readonly min: string; readonly max: string } {
  const [min = "", max = ""] = text.split("-").map((part) => part.trim());
  return { min, max };
}

function splitOnce(line: string): readonly [string, string] {
  const at = line.search(/\s/);
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at).trim()];
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
