import { PlayerPage } from "#features/players/player-page.tsx";

interface Props {
  readonly params: Promise<{ playerId: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).playerId };
}

export default async function Page({ params }: Props) {
  return <PlayerPage playerId={(await params).playerId} />;
}
