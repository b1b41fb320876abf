import { Gate } from "#features/frame/gate.tsx";
import { MachinesPage } from "#features/staff/machines-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.staff.parts.machines);

export default function Page() {
  return (
    <Gate permission="staff.read" page="staff">
      <MachinesPage />
    </Gate>
  );
}
