import { Gate } from "#features/frame/gate.tsx";
import { ReconReportsPage } from "#features/reconciliation/recon-reports-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reconciliation.reports.title);

export default function Page() {
  return (
    <Gate permission="break.read" page="reconciliation">
      <ReconReportsPage />
    </Gate>
  );
}
