import { WebhooksPage } from "#features/webhooks/webhooks-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.webhooks.title);

export default function Page() {
  return (
    <Gate permission="webhook.read" page="webhooks">
      <WebhooksPage />
    </Gate>
  );
}
