import { StalePoliciesPage } from "#features/bets/stale-policies-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.bets.automatic.title);

export default function Page() {
  return <StalePoliciesPage />;
}
