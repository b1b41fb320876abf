import { Gate } from "#features/frame/gate.tsx";
import { AmlCasesPage } from "#features/aml/cases-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.monitoring.titles.cases);

export default function Page() {
  return (
    <Gate permission="aml.read" page="aml">
      <AmlCasesPage />
    </Gate>
  );
}
