import { ApprovalsPage } from "#features/approvals/approvals-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.approvals.title);

export default function Page() {
  return <ApprovalsPage />;
}
