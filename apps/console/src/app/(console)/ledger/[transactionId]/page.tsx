import { TransactionPage } from "#features/ledger/transaction-page.tsx";

interface Props {
  readonly params: Promise<{ transactionId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).transactionId };
}

export default async function Page({ params }: Props) {
  return <TransactionPage transactionId={(await params).transactionId} />;
}
