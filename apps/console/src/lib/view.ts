/** What of a request decides how the answer looks, read on the server. */
import { cookies } from "next/headers";
import { preferencesCookie, type Preferences, readPreferences } from "#lib/preferences.ts";
import { english, type Messages } from "#messages/english.ts";
import { german } from "#messages/german.ts";

export interface View {
  readonly preferences: Preferences;
  readonly messages: Messages;
}

export async function readView(): Promise<View> {
  const preferences = readPreferences((await cookies()).get(preferencesCookie)?.value);
  // The translation has the same keys by its type; only the texts differ, which `Messages` has as literals.
  const messages = preferences.locale === "de" ? (german as unknown as Messages) : english;
  return { preferences, messages };
}
