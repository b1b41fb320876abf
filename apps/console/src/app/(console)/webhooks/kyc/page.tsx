import { KycWebhooksPage } from "#features/webhooks/kyc-webhooks-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.webhooks.kycTitle);

export default function Page() {
  return (
    <Gate permission="kyc.read" page="webhooks">
      <KycWebhooksPage />
    </Gate>
  );
}
