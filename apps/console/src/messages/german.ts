import { account } from "#messages/de/account.ts";
import { frame } from "#messages/de/frame.ts";
import { kit } from "#messages/de/kit.ts";
import { roles } from "#messages/de/roles.ts";
import { signIn } from "#messages/de/sign-in.ts";
import type { Messages } from "#messages/english.ts";
import type { Translation } from "#messages/translation.ts";

export const german: Translation<Messages> = { account, kit, frame, roles, signIn };
