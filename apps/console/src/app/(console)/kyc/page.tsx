import { Gate } from "#features/frame/gate.tsx";
import { CasesPage } from "#features/kyc/cases-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.kyc.title);

export default function Page() {
  return (
    <Gate permission="kyc.read" page="kyc">
      <CasesPage />
    </Gate>
  );
}
