import { TerminalPage } from "#features/terminal/terminal-page.tsx";
import { titled } from "#lib/page-title.ts";

export const generateMetadata = () => titled((messages) => messages.terminal.title);

export default function Page() {
  return <TerminalPage />;
}
