import { Gate } from "#features/frame/gate.tsx";
import { GamesPage } from "#features/reports/games-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reports.games.title);

export default function Page() {
  return (
    <Gate permission="report.read" page="performance">
      <GamesPage />
    </Gate>
  );
}
