/**
 * What a reader chose about how the console looks. It stands in a cookie, so that the server's first answer already has
 * the right theme, language and time zone, and nothing flickers. Nothing in it is secret and nothing trusts it.
 */
import { z } from "zod";

export const preferencesCookie = "pitboss.view";

const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
});

const preferences = z.object({
  theme: z.enum(["system", "light", "dark"]).catch("system"),
  locale: z.enum(["en", "de"]).catch("en"),
  /** Which clock times are shown in; the other one stands in every time's tooltip. */
  clock: z.enum(["utc", "local"]).catch("utc"),
  /** The reader's IANA zone, as their browser last told. */
  zone: timeZone.catch("UTC"),
  navigation: z.enum(["open", "closed"]).catch("open"),
  /** Single-letter shortcuts can be switched off (WCAG 2.1.4). */
  letterKeys: z.boolean().catch(true),
});

export type Preferences = z.infer<typeof preferences>;

export function readPreferences(cookie: string | undefined): Preferences {
  return preferences.parse(parseObject(cookie));
}

function parseObject(text: string | undefined): object {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(decodeURIComponent(text));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

const oneYearSeconds = 365 * 24 * 60 * 60;

export function writePreferences(value: Preferences): string {
  const text = encodeURIComponent(JSON.stringify(value));
  return `${preferencesCookie}=${text}; Path=/; Max-Age=${oneYearSeconds}; SameSite=Strict`;
}
