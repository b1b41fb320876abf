import { Gate } from "#features/frame/gate.tsx";
import { PspsPage } from "#features/psps/psps-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.psps.title);

export default function Page() {
  return (
    <Gate permission="psp.read" page="psps">
      <PspsPage />
    </Gate>
  );
}
