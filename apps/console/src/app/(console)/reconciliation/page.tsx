import { Gate } from "#features/frame/gate.tsx";
import { ReconBreaksPage } from "#features/reconciliation/recon-breaks-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reconciliation.title);

export default function Page() {
  return (
    <Gate permission="break.read" page="reconciliation">
      <ReconBreaksPage />
    </Gate>
  );
}
