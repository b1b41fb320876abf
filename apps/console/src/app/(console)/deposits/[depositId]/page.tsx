import { DepositPage } from "#features/deposits/deposit-page.tsx";

interface Props {
  readonly params: Promise<{ depositId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).depositId };
}

export default async function Page({ params }: Props) {
  return <DepositPage depositId={(await params).depositId} />;
}
