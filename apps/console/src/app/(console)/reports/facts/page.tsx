import { Gate } from "#features/frame/gate.tsx";
import { FactsPage } from "#features/reports/facts-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reports.facts.title);

export default function Page() {
  return (
    <Gate permission="report.read" page="ggr">
      <FactsPage />
    </Gate>
  );
}
