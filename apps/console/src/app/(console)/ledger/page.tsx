import { LedgerPage } from "#features/ledger/ledger-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.ledger.title);

export default function Page() {
  return (
    <Gate permission="ledger.read" page="ledger">
      <LedgerPage />
    </Gate>
  );
}
