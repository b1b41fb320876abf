import { ChargebackPage } from "#features/chargebacks/chargeback-page.tsx";

interface Props {
  readonly params: Promise<{ chargebackId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).chargebackId };
}

export default async function Page({ params }: Props) {
  return <ChargebackPage chargebackId={(await params).chargebackId} />;
}
