import { AccountPage } from "#features/account/account-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.account.title);

export default function Page() {
  return <AccountPage />;
}
