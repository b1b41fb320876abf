import { GeoPage } from "#features/rules/geo-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.rg.titles.geo);

export default function Page() {
  return (
    <Gate permission="jurisdiction.read" page="geo">
      <GeoPage />
    </Gate>
  );
}
