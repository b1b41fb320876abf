/** The staff API: what console and CLI call. Each procedure lies in its street; here they only get their addresses. */
import { answerTerminal, showTerminal } from "../../identity/account/answer-terminal.ts";
import { changePassword } from "../../identity/account/change-password.ts";
import { endSession, signOutEverywhere } from "../../identity/account/end-session.ts";
import { listSessions } from "../../identity/account/list-sessions.ts";
import {
  addPasskey,
  beginPasskey,
  beginTotp,
  confirmOwnTotp,
  newRecoveryCodes,
  removePasskey,
  removeTotp,
  showFactors,
} from "../../identity/account/manage-factors.ts";
import { listViews, removeView, saveOwnView } from "../../identity/account/saved-views.ts";
import { showMe } from "../../identity/account/show-me.ts";
import { offerStepUp, stepUp } from "../../identity/account/step-up.ts";
import { router } from "./procedure.ts";

export const appRouter = router({
  account: router({
    me: showMe,
    sessions: listSessions,
    endSession,
    signOutEverywhere,
    changePassword,
    factors: showFactors,
    beginTotp,
    confirmTotp: confirmOwnTotp,
    removeTotp,
    beginPasskey,
    addPasskey,
    removePasskey,
    newRecoveryCodes,
    offerStepUp,
    stepUp,
    terminal: showTerminal,
    answerTerminal,
  }),
  view: router({ list: listViews, save: saveOwnView, remove: removeView }),
});

export type AppRouter = typeof appRouter;
