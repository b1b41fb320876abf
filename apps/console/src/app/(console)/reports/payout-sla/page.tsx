import { Gate } from "#features/frame/gate.tsx";
import { PayoutSlaPage } from "#features/payout-sla/payout-sla-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.payoutSla.title);

export default function Page() {
  return (
    <Gate permission="report.read" page="payoutSla">
      <PayoutSlaPage />
    </Gate>
  );
}
