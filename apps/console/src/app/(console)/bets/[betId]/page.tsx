import { BetPage } from "#features/bets/bet-page.tsx";

interface Props {
  readonly params: Promise<{ betId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).betId };
}

export default async function Page({ params }: Props) {
  return <BetPage betId={(await params).betId} />;
}
