import { account } from "#messages/en/account.ts";
import { frame } from "#messages/en/frame.ts";
import { kit } from "#messages/en/kit.ts";
import { roles } from "#messages/en/roles.ts";
import { signIn } from "#messages/en/sign-in.ts";

export const english = { account, kit, frame, roles, signIn } as const;
export type Messages = typeof english;

declare module "use-intl" {
  interface AppConfig {
    Messages: Messages;
    Locale: "en" | "de";
  }
}
