/** The staff API: what console and CLI call. Each procedure lies in its street; here they only get their addresses. */
import { requestBundle } from "../../audit/bundle/request-bundle.ts";
import { listActions, listAudit } from "../../audit/search-audit.ts";
import { showAuditStatus, verifyAuditLog } from "../../audit/verify-audit.ts";
import { listDeposits, showDeposit } from "../../cashier/staff/list-deposits.ts";
import { listWebhooks, showWebhook } from "../../cashier/staff/list-webhooks.ts";
import { replayWebhook } from "../../cashier/staff/replay-webhooks.ts";
import { listBets, listGameChoices } from "../../gaming/staff/list-bets.ts";
import { listRoundTroubles } from "../../gaming/staff/rounds/list-round-troubles.ts";
import { showBet, showRound } from "../../gaming/staff/show-bet.ts";
import { listBetsOfApproval, planVoid, proposeVoid } from "../../gaming/staff/voids/propose-void.ts";
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
import {
  applyApproval,
  approveApproval,
  rejectApproval,
  withdrawApproval,
} from "../../identity/approvals/decide-approval.ts";
import { listApprovals, listPolicies, showApproval } from "../../identity/approvals/list-approvals.ts";
import { proposeAdjustment, proposeErasure, proposePolicy, proposeRole } from "../../identity/approvals/propose.ts";
import { findAny } from "../../identity/find-any.ts";
import {
  destroyMasterKey,
  listKeys,
  rotateMasterKey,
  rotateSealing,
  rotateSigningKey,
} from "../../identity/keys/manage-keys.ts";
import {
  addPlayerTag,
  lockPlayer,
  removePlayerTag,
  signPlayerOut,
  unlockPlayer,
} from "../../identity/players/change-player.ts";
import { listPlayers, listPlayerTags } from "../../identity/players/list-players.ts";
import { showPlayerAccess } from "../../identity/players/player-access.ts";
import { listNotes, writeNote } from "../../identity/players/player-notes.ts";
import { showTimeline } from "../../identity/players/player-timeline.ts";
import { revealField, revealRetained } from "../../identity/players/reveal-field.ts";
import { showPlayer } from "../../identity/players/show-player.ts";
import {
  grantRole,
  resetSignIn,
  signStaffOut,
  suspendStaff,
  takeRole,
  unsuspendStaff,
} from "../../identity/staff/change-staff.ts";
import { inviteAgain, inviteStaff } from "../../identity/staff/invite-staff.ts";
import { listStaff } from "../../identity/staff/list-staff.ts";
import { issueMachineKey, listKeysOfMachines, revokeKeyOfMachine } from "../../identity/staff/machine-keys.ts";
import { addNetwork, listNetworks, removeNetwork } from "../../identity/staff/role-networks.ts";
import { showRoleTable, showStaff } from "../../identity/staff/show-staff.ts";
import { planReplay, replayEvents } from "../../ops/staff/replay-events.ts";
import { showHealth } from "../../ops/staff/show-health.ts";
import { watchLive } from "../../ops/staff/watch-live.ts";
import { showCohorts } from "../../reporting/cohorts/show-cohorts.ts";
import { listDays, showDay, tieOutDay } from "../../reporting/days/day-procedures.ts";
import { finishRebuilding, planRebuild, rebuildFacts } from "../../reporting/facts/rebuild-procedures.ts";
import { listFacts } from "../../reporting/figures/list-facts.ts";
import { showFigures } from "../../reporting/figures/show-figures.ts";
import { showGames } from "../../reporting/games/show-games.ts";
import { changeSchedule, createSchedule, listSchedules } from "../../reporting/schedules/schedule-procedures.ts";
import { createExport, listExports } from "../../reporting/exports/export-procedures.ts";
import { listLedger, showTransaction } from "../../wallet/staff/list-transactions.ts";
import { explainBalance, listPlayerPostings, showBalances } from "../../wallet/staff/show-balances.ts";
import { verifyLedger, verifySealed } from "../../wallet/staff/verify-ledger.ts";
import { planRouter } from "./plan-router.ts";
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
  find: router({ any: findAny }),
  staff: router({
    list: listStaff,
    show: showStaff,
    roles: showRoleTable,
    invite: inviteStaff,
    inviteAgain,
    grantRole,
    takeRole,
    suspend: suspendStaff,
    unsuspend: unsuspendStaff,
    signOut: signStaffOut,
    resetSignIn,
    networks: listNetworks,
    addNetwork,
    removeNetwork,
  }),
  machineKey: router({ list: listKeysOfMachines, issue: issueMachineKey, revoke: revokeKeyOfMachine }),
  key: router({
    list: listKeys,
    rotateSigning: rotateSigningKey,
    rotateSeal: rotateSealing,
    rotateMaster: rotateMasterKey,
    destroyMaster: destroyMasterKey,
  }),
  approval: router({
    list: listApprovals,
    show: showApproval,
    proposeAdjustment,
    proposeRole,
    proposePolicy,
    proposeErasure,
    approve: approveApproval,
    reject: rejectApproval,
    withdraw: withdrawApproval,
    carryOut: applyApproval,
    policies: listPolicies,
    bets: listBetsOfApproval,
  }),
  audit: router({
    list: listAudit,
    actions: listActions,
    status: showAuditStatus,
    verify: verifyAuditLog,
    bundle: requestBundle,
  }),
  player: router({
    list: listPlayers,
    tags: listPlayerTags,
    show: showPlayer,
    reveal: revealField,
    revealRetained,
    access: showPlayerAccess,
    timeline: showTimeline,
    notes: listNotes,
    writeNote,
    addTag: addPlayerTag,
    removeTag: removePlayerTag,
    lock: lockPlayer,
    unlock: unlockPlayer,
    signOut: signPlayerOut,
    balances: showBalances,
    explainBalance,
    postings: listPlayerPostings,
  }),
  bet: router({ list: listBets, show: showBet, planVoid, proposeVoid, games: listGameChoices }),
  round: router({ show: showRound, troubles: listRoundTroubles }),
  deposit: router({ list: listDeposits, show: showDeposit }),
  webhook: router({ list: listWebhooks, show: showWebhook, replay: replayWebhook }),
  export: router({
    create: createExport,
    list: listExports,
    schedules: listSchedules,
    schedule: createSchedule,
    changeSchedule,
  }),
  ledger: router({ list: listLedger, transaction: showTransaction, verify: verifyLedger, verifySeals: verifySealed }),
  report: router({
    figures: showFigures,
    facts: listFacts,
    games: showGames,
    cohorts: showCohorts,
    days: listDays,
    day: showDay,
    tieOut: tieOutDay,
    planRebuild,
    rebuild: rebuildFacts,
    finishRebuild: finishRebuilding,
  }),
  event: router({ planReplay, replay: replayEvents }),
  system: router({ health: showHealth, live: watchLive }),
  plan: planRouter,
});

export type AppRouter = typeof appRouter;
