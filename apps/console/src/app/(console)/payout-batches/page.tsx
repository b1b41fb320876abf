import { Gate } from "#features/frame/gate.tsx";
import { PayoutBatchesPage } from "#features/payout-batches/payout-batches-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.payoutBatches.title);

export default function Page() {
  return (
    <Gate permission="payout.read" page="payoutBatches">
      <PayoutBatchesPage />
    </Gate>
  );
}
