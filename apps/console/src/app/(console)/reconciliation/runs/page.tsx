import { Gate } from "#features/frame/gate.tsx";
import { ReconRunsPage } from "#features/reconciliation/recon-runs-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reconciliation.runs.title);

export default function Page() {
  return (
    <Gate permission="break.read" page="reconciliation">
      <ReconRunsPage />
    </Gate>
  );
}
