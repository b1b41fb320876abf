import { Gate } from "#features/frame/gate.tsx";
import { RoundBreaksPage } from "#features/round-recon/round-breaks-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.roundRecon.title);

export default function Page() {
  return (
    <Gate permission="break.read" page="roundRecon">
      <RoundBreaksPage />
    </Gate>
  );
}
