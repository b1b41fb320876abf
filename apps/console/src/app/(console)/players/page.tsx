import { PlayersPage } from "#features/players/players-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.players.title);

export default function Page() {
  return <PlayersPage />;
}
