import { Gate } from "#features/frame/gate.tsx";
import { ReconTriagePage } from "#features/reconciliation/recon-triage-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reconciliation.triage.title);

export default function Page() {
  return (
    <Gate permission="break.read" page="reconciliation">
      <ReconTriagePage />
    </Gate>
  );
}
