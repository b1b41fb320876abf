import { Gate } from "#features/frame/gate.tsx";
import { CohortsPage } from "#features/reports/cohorts-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reports.cohorts.title);

export default function Page() {
  return (
    <Gate permission="report.read" page="cohorts">
      <CohortsPage />
    </Gate>
  );
}
