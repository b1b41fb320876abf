import { CashierRulesPage } from "#features/cashier-rules/cashier-rules-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.cashierRules.title);

export default function Page() {
  return (
    <Gate permission="psp.read" page="cashierRules">
      <CashierRulesPage />
    </Gate>
  );
}
