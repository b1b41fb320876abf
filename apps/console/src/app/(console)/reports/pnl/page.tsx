import { Gate } from "#features/frame/gate.tsx";
import { FiguresPage } from "#features/reports/figures-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reports.pnl.title);

export default function Page() {
  return (
    <Gate permission="report.read" page="pnl">
      <FiguresPage view="pnl" />
    </Gate>
  );
}
