import { ChargesPage } from "#features/charges/charges-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.charges.title);

export default function Page() {
  return (
    <Gate permission="report.read" page="charges">
      <ChargesPage />
    </Gate>
  );
}
