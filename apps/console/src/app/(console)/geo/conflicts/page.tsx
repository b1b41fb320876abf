import { ConflictsPage } from "#features/geo/conflicts-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.rg.conflicts.title);

export default function Page() {
  return (
    <Gate permission="geo.read" page="geo">
      <ConflictsPage />
    </Gate>
  );
}
