import { Gate } from "#features/frame/gate.tsx";
import { StaffPage } from "#features/staff/staff-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.staff.title);

export default function Page() {
  return (
    <Gate permission="staff.read" page="staff">
      <StaffPage />
    </Gate>
  );
}
