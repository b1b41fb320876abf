import { RoleTablePage } from "#features/staff/role-table-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.staff.parts.roles);

export default function Page() {
  return <RoleTablePage />;
}
