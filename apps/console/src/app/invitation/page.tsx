import { InvitationFlow } from "#features/sign-in/invitation-flow.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.signIn.invitation.title);

export default function Page() {
  return <InvitationFlow />;
}
