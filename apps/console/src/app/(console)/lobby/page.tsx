import { Gate } from "#features/frame/gate.tsx";
import { ExperimentsPage } from "#features/lobby/experiments-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.lobby.title);

export default function Page() {
  return (
    <Gate permission="report.read" page="lobby">
      <ExperimentsPage />
    </Gate>
  );
}
