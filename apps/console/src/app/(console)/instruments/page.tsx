import { Gate } from "#features/frame/gate.tsx";
import { InstrumentsPage } from "#features/instruments/instruments-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.instruments.title);

export default function Page() {
  return (
    <Gate permission="payout.read" page="instruments">
      <InstrumentsPage />
    </Gate>
  );
}
