import { BankTransferPage } from "#features/bank-transfers/bank-transfer-page.tsx";

interface Props {
  readonly params: Promise<{ creditId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).creditId };
}

export default async function Page({ params }: Props) {
  return <BankTransferPage creditId={(await params).creditId} />;
}
