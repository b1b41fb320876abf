import { RoundsInboxPage } from "#features/bets/rounds-inbox-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.bets.inbox.title);

export default function Page() {
  return <RoundsInboxPage />;
}
