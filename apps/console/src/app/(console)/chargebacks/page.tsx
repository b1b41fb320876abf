import { ChargebacksPage } from "#features/chargebacks/chargebacks-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.chargebacks.title);

export default function Page() {
  return (
    <Gate permission="chargeback.read" page="chargebacks">
      <ChargebacksPage />
    </Gate>
  );
}
