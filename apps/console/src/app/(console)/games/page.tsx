import { Gate } from "#features/frame/gate.tsx";
import { GamesPage } from "#features/games/games-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.games.title);

export default function Page() {
  return (
    <Gate permission="game.read" page="games">
      <GamesPage />
    </Gate>
  );
}
