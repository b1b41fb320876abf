import { AuditPage } from "#features/audit/audit-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.audit.title);

export default function Page() {
  return (
    <Gate permission="audit.read" page="audit">
      <AuditPage />
    </Gate>
  );
}
