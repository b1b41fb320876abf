import { notFound } from "next/navigation";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { ExplainPage } from "#features/players/explain-page.tsx";

interface Props {
  readonly params: Promise<{ playerId: string; currency: string }>;
}

export async function generateMetadata({ params }: Props) {
  const { playerId, currency } = await params;
  return { title: `${playerId} · ${currency}` };
}

function isCurrency(text: string): text is Currency {
  return Object.hasOwn(currencies, text);
}

export default async function Page({ params }: Props) {
  const { playerId, currency } = await params;
  if (!isCurrency(currency)) notFound();
  return <ExplainPage playerId={playerId} currency={currency} />;
}
