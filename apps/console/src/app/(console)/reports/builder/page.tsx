import { Gate } from "#features/frame/gate.tsx";
import { FiguresPage } from "#features/reports/figures-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.reports.builder.title);

export default function Page() {
  return (
    <Gate permission="report.read" page="builder">
      <FiguresPage view="builder" />
    </Gate>
  );
}
