import { Gate } from "#features/frame/gate.tsx";
import { ReconStatementsPage } from "#features/reconciliation/recon-statements-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reconciliation.statements.title);

export default function Page() {
  return (
    <Gate permission="break.read" page="reconciliation">
      <ReconStatementsPage />
    </Gate>
  );
}
