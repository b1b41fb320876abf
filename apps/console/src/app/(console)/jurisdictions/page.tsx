import { JurisdictionsPage } from "#features/rules/jurisdictions-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.rg.titles.jurisdictions);

export default function Page() {
  return (
    <Gate permission="jurisdiction.read" page="jurisdictions">
      <JurisdictionsPage />
    </Gate>
  );
}
