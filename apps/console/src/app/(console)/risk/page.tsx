import { Gate } from "#features/frame/gate.tsx";
import { RiskAlertsPage } from "#features/risk/alerts-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.monitoring.titles.alerts);

export default function Page() {
  return (
    <Gate permission="risk.read" page="risk">
      <RiskAlertsPage />
    </Gate>
  );
}
