import { StatementsPage } from "#features/affiliates/statements-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.affiliates.statements.title);

export default function Page() {
  return (
    <Gate permission="affiliate.read" page="affiliates">
      <StatementsPage />
    </Gate>
  );
}
