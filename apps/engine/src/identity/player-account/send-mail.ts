import type { Mail } from "../mail/mailer.ts";
import type { PlayerDeps } from "./player-deps.ts";

/** To the address that the player has now; nothing where there is none, or the player was erased. */
export function mailPlayer(deps: PlayerDeps, playerId: bigint, mail: Omit<Mail, "to">): void {
  deps.errands.run("mail", async () => {
    const opened = await deps.players.open(deps.db, playerId);
    const to = opened.ok ? opened.value.data.email : undefined;
    if (to !== undefined) await deps.mailer.send({ to, ...mail });
  });
}

export function mailAddress(deps: PlayerDeps, to: string, mail: Omit<Mail, "to">): void {
  deps.errands.run("mail", () => deps.mailer.send({ to, ...mail }));
}
