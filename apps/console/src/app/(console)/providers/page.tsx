import { Gate } from "#features/frame/gate.tsx";
import { ProvidersPage } from "#features/providers/providers-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.providers.title);

export default function Page() {
  return (
    <Gate permission="provider.read" page="providers">
      <ProvidersPage />
    </Gate>
  );
}
