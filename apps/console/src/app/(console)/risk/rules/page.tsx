import { Gate } from "#features/frame/gate.tsx";
import { MonitoringRulesPage } from "#features/monitoring/rules-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.monitoring.titles.riskRules);

export default function Page() {
  return (
    <Gate permission="risk.read" page="risk">
      <MonitoringRulesPage desk="risk" />
    </Gate>
  );
}
