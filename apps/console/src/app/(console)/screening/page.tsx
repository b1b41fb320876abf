import { Gate } from "#features/frame/gate.tsx";
import { HitsPage } from "#features/screening/hits-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.screening.title);

export default function Page() {
  return (
    <Gate permission="screening.read" page="screening">
      <HitsPage />
    </Gate>
  );
}
