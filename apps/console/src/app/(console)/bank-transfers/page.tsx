import { BankTransfersPage } from "#features/bank-transfers/bank-transfers-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.bankTransfers.title);

export default function Page() {
  return (
    <Gate permission="payment.read" page="bankTransfers">
      <BankTransfersPage />
    </Gate>
  );
}
