import { WebhookPage } from "#features/webhooks/webhook-page.tsx";

interface Props {
  readonly params: Promise<{ webhookId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).webhookId };
}

export default async function Page({ params }: Props) {
  return <WebhookPage webhookId={(await params).webhookId} />;
}
