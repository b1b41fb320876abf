import { ExportsPage } from "#features/exports/exports-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.exports.mine);

export default function Page() {
  return <ExportsPage />;
}
