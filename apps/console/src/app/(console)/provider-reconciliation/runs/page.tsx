import { Gate } from "#features/frame/gate.tsx";
import { RoundRunsPage } from "#features/round-recon/round-runs-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.roundRecon.runs.title);

export default function Page() {
  return (
    <Gate permission="break.read" page="roundRecon">
      <RoundRunsPage />
    </Gate>
  );
}
