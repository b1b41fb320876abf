import { DepositsPage } from "#features/deposits/deposits-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.deposits.title);

export default function Page() {
  return (
    <Gate permission="payment.read" page="deposits">
      <DepositsPage />
    </Gate>
  );
}
