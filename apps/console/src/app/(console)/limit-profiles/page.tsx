import { LimitProfilesPage } from "#features/rules/limit-profiles-page.tsx";
import { Gate } from "#features/frame/gate.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.rg.titles.limitProfiles);

export default function Page() {
  return (
    <Gate permission="jurisdiction.read" page="limitProfiles">
      <LimitProfilesPage />
    </Gate>
  );
}
