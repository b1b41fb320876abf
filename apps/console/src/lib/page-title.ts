import type { Metadata } from "next";
import type { Messages } from "#messages/english.ts";
import { readView } from "#lib/view.ts";

/** A page's title in the reader's language, for `generateMetadata`. */
export async function titled(choose: (messages: Messages) => string): Promise<Metadata> {
  return { title: choose((await readView()).messages) };
}
