import { GamePage } from "#features/games/game-page.tsx";

interface Props {
  readonly params: Promise<{ code: string }>;
}

export async function generateMetadata({ params }: Props) {
  return { title: (await params).code };
}

export default async function Page({ params }: Props) {
  return <GamePage code={(await params).code} />;
}
