import { Gate } from "#features/frame/gate.tsx";
import { LivePage } from "#features/live/live-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.frame.navigation.pages.live);

export default function Page() {
  return (
    <Gate permission="bet.read" page="live">
      <LivePage />
    </Gate>
  );
}
