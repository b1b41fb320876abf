import { ExposurePage } from "#features/exposure/exposure-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.exposure.title);

export default function Page() {
  return (
    <Gate permission="treasury.read" page="exposure">
      <ExposurePage />
    </Gate>
  );
}
