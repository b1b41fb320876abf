import { Gate } from "#features/frame/gate.tsx";
import { SarsPage } from "#features/aml/sars-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.monitoring.titles.sars);

export default function Page() {
  return (
    <Gate permission="aml.read" page="sars">
      <SarsPage />
    </Gate>
  );
}
