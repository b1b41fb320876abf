import { Gate } from "#features/frame/gate.tsx";
import { LinksPage } from "#features/links/links-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.monitoring.titles.links);

export default function Page() {
  return (
    <Gate permission="link.read" page="links">
      <LinksPage />
    </Gate>
  );
}
