import { PayoutBatchPage } from "#features/payout-batches/payout-batch-page.tsx";

interface Props {
  readonly params: Promise<{ batchId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).batchId };
}

export default async function Page({ params }: Props) {
  return <PayoutBatchPage batchId={(await params).batchId} />;
}
