import { Gate } from "#features/frame/gate.tsx";
import { TreasuryPage } from "#features/treasury/treasury-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.treasury.title);

export default function Page() {
  return (
    <Gate permission="treasury.read" page="treasury">
      <TreasuryPage />
    </Gate>
  );
}
