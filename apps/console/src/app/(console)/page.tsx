import { OverviewPage } from "#features/overview/overview-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.frame.navigation.pages.overview);

export default function Page() {
  return <OverviewPage />;
}
