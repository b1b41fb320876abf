import { Gate } from "#features/frame/gate.tsx";
import { NetworksPage } from "#features/staff/networks-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.staff.parts.networks);

export default function Page() {
  return (
    <Gate permission="staff.read" page="staff">
      <NetworksPage />
    </Gate>
  );
}
