import { Gate } from "#features/frame/gate.tsx";
import { PayoutsPage } from "#features/payouts/payouts-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.payouts.title);

export default function Page() {
  return (
    <Gate permission="payout.read" page="payouts">
      <PayoutsPage />
    </Gate>
  );
}
