import { PayoutPage } from "#features/payouts/payout-page.tsx";

interface Props {
  readonly params: Promise<{ payoutId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).payoutId };
}

export default async function Page({ params }: Props) {
  return <PayoutPage payoutId={(await params).payoutId} />;
}
