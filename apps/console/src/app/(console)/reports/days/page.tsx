import { Gate } from "#features/frame/gate.tsx";
import { DaysPage } from "#features/reports/days-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reports.days.title);

export default function Page() {
  return (
    <Gate permission="report.read" page="days">
      <DaysPage />
    </Gate>
  );
}
