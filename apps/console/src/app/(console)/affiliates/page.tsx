import { AffiliatesPage } from "#features/affiliates/affiliates-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.affiliates.title);

export default function Page() {
  return (
    <Gate permission="affiliate.read" page="affiliates">
      <AffiliatesPage />
    </Gate>
  );
}
