import { BetsPage } from "#features/bets/bets-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.bets.title);

export default function Page() {
  return <BetsPage />;
}
