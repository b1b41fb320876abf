/** The events of what players are shown. */
import { z } from "zod";
import { defineEvent } from "../ops/event-envelope.ts";

export const lobbyExposed = defineEvent(
  "lobby.exposed",
  1,
  "A player saw their variant of the lobby for the first time: once for each player and experiment.",
  {
    experiment: z.string().describe("The experiment's code."),
    variant: z.string().describe("The variant's code."),
  },
);
