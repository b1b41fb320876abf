import { RoundPage } from "#features/bets/round-page.tsx";

interface Props {
  readonly params: Promise<{ provider: string; playerId: string; roundId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: decodeURIComponent((await params).roundId) };
}

export default async function Page({ params }: Props) {
  const { provider, playerId, roundId } = await params;
  return (
    <RoundPage provider={decodeURIComponent(provider)} playerId={playerId} roundId={decodeURIComponent(roundId)} />
  );
}
