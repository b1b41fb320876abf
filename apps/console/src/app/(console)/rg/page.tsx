import { RgPage } from "#features/rg/rg-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.rg.titles.rg);

export default function Page() {
  return (
    <Gate permission="rg.read" page="rg">
      <RgPage />
    </Gate>
  );
}
