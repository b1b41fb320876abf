import { KycWebhookPage } from "#features/webhooks/kyc-webhook-page.tsx";
import { Gate } from "#features/frame/gate.tsx";

interface Props {
  readonly params: Promise<{ webhookId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).webhookId };
}

export default async function Page({ params }: Props) {
  const { webhookId } = await params;
  return (
    <Gate permission="kyc.decide" page="webhooks">
      <KycWebhookPage webhookId={webhookId} />
    </Gate>
  );
}
