/** The staff API: what console and CLI call. Each procedure lies in its street; here they only get their addresses. */
import { requestBundle } from "../../audit/bundle/request-bundle.ts";
import { listActions, listAudit } from "../../audit/search-audit.ts";
import { showAuditStatus, verifyAuditLog } from "../../audit/verify-audit.ts";
import { acceptChargeback, addEvidence, readEvidence, submitEvidence } from "../../cashier/staff/answer-chargeback.ts";
import { listChargebacks, showChargeback } from "../../cashier/staff/list-chargebacks.ts";
import { pauseProvider } from "../../catalog/staff/pause-provider.ts";
import { listDeposits, showDeposit } from "../../cashier/staff/list-deposits.ts";
import { listInstruments, verifyInstrument } from "../../cashier/staff/instruments.ts";
import { approvePayout } from "../../cashier/staff/payouts/approve-payout.ts";
import { listPayouts, showPayoutQueue } from "../../cashier/staff/payouts/list-payouts.ts";
import { recheckPayoutNow } from "../../cashier/staff/payouts/recheck-payout-now.ts";
import { queryPayout, resubmitPayout } from "../../cashier/staff/payouts/follow-payout.ts";
import { rejectPayout } from "../../cashier/staff/payouts/reject-payout.ts";
import { showPayout } from "../../cashier/staff/payouts/show-payout.ts";
import { claimNext, claimOne, snoozeOne, unclaimOne } from "../../cashier/staff/payouts/work-queue.ts";
import { listWebhooks, showWebhook } from "../../cashier/staff/list-webhooks.ts";
import { diffCashierRule, proposeCashierRule, showCashierRules } from "../../cashier/staff/rules/rule-procedures.ts";
import { listPsps, showPsp } from "../../cashier/staff/list-psps.ts";
import { pausePsp, resumePsp } from "../../cashier/staff/pause-psp.ts";
import { proposeDepositRelease } from "../../cashier/staff/release-deposit.ts";
import { replayWebhook } from "../../cashier/staff/replay-webhooks.ts";
import {
  answerReactivation,
  excludeByStaff,
  noteInteraction,
  tightenLimit,
} from "../../compliance/rg/staff/act-on-player.ts";
import { listDenials } from "../../compliance/explain-denials.ts";
import { listAllExclusions, listInteractions, showRg } from "../../compliance/rg/staff/show-rg.ts";
import { listRouting, retireRule, setRule } from "../../cashier/staff/routing-rules.ts";
import { claimNext as claimNextCase, decideCase, proposeCaseDecision } from "../../compliance/kyc/decide-case.ts";
import { listCases, showCase, showDocument } from "../../compliance/kyc/list-cases.ts";
import { listKycWebhooks, replayKycWebhook, showKycWebhook } from "../../compliance/kyc/vendor/kyc-webhooks.ts";
import { decideAmlCase, noteAmlCase } from "../../compliance/aml/decide-case.ts";
import { acknowledgeSar, discardSar, draftSar, listSars, proposeSar, showSar } from "../../compliance/aml/draft-sar.ts";
import { listAmlAlerts, listAmlCases, showAmlCase } from "../../compliance/aml/list-cases.ts";
import { proposeRule } from "../../compliance/screening/change-rule.ts";
import { dismissHit, proposeDecision } from "../../compliance/screening/decide-hit.ts";
import { listHits, revealHit, screenNow, showHit } from "../../compliance/screening/list-hits.ts";
import { replayScreening } from "../../compliance/screening/replay-screening.ts";
import { listScreeningLists, runScreening, showScreening } from "../../compliance/screening/show-screening.ts";
import { listBets, listGameChoices } from "../../gaming/staff/list-bets.ts";
import {
  adoptDialect,
  changePolicy as changeProviderPolicy,
  keepConformanceReport,
} from "../../gaming/staff/providers/change-provider.ts";
import { planRotation, rotateCredential } from "../../gaming/staff/providers/rotate-credential.ts";
import { listProviders, showConformanceReport, showProvider } from "../../gaming/staff/providers/list-providers.ts";
import { showBet } from "../../gaming/staff/show-bet.ts";
import { freeSpinsRouter } from "../../gaming/staff/free-spins/free-spins-router.ts";
import { bankProcedures } from "../../gaming/staff/game-banks/bank-procedures.ts";
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
import { listRoundFiles, planReconcile, runReconcile } from "../../gaming/reconciliation/staff-runs.ts";
import { acknowledgeAlert, listAlerts } from "../../ops/staff/house-alerts.ts";
import { planReplay, replayEvents } from "../../ops/staff/replay-events.ts";
import { showOverview } from "../../ops/staff/show-overview.ts";
import { showHealth } from "../../ops/staff/show-health.ts";
import { watchLive } from "../../ops/staff/watch-live.ts";
import {
  reattributePlayer,
  setAttributionRule,
  showAttribution,
  showAttributionRule,
} from "../../reporting/affiliates/attribute-player.ts";
import {
  addCode,
  changeAffiliate,
  createAffiliate,
  setCode,
  setPlan,
} from "../../reporting/affiliates/keep-affiliates.ts";
import { listAffiliatePlayers, listAffiliates, showAffiliate } from "../../reporting/affiliates/list-affiliates.ts";
import {
  listStatements,
  makeStatementNow,
  proposePayee,
  proposeStatement,
  releasePayment,
  showStatement,
} from "../../reporting/affiliates/statement-procedures.ts";
import { showCohorts } from "../../reporting/cohorts/show-cohorts.ts";
import { listChargeVersions, proposeCharge } from "../../reporting/charges/charge-procedures.ts";
import { showFunnel } from "../../reporting/cohorts/show-funnel.ts";
import { showLifecycle } from "../../reporting/cohorts/show-lifecycle.ts";
import { listDays, showDay, tieOutDay } from "../../reporting/days/day-procedures.ts";
import { finishRebuilding, planRebuild, rebuildFacts } from "../../reporting/facts/rebuild-procedures.ts";
import { listFacts } from "../../reporting/figures/list-facts.ts";
import { showFigures } from "../../reporting/figures/show-figures.ts";
import { showPayoutSla } from "../../reporting/payouts/show-payout-sla.ts";
import { showGames } from "../../reporting/games/show-games.ts";
import { changeSchedule, createSchedule, listSchedules } from "../../reporting/schedules/schedule-procedures.ts";
import { createExport, listExports } from "../../reporting/exports/export-procedures.ts";
import { explainGeo, listGeoDecisions, showGeoDecision } from "../../risk/geo/geo-procedures.ts";
import { assignProfile } from "../../risk/staff/assign-profile.ts";
import {
  diffJurisdiction,
  diffProfile,
  explainLimits,
  listJurisdictions,
  listLimitProfiles,
  proposeJurisdiction,
  proposeProfile,
} from "../../risk/staff/rule-procedures.ts";
import { showLinks } from "../../risk/links/show-links.ts";
import { decideRiskAlert, listRiskAlerts, showRiskAlert } from "../../risk/monitoring/risk-alerts.ts";
import { ruleProcedures } from "../../risk/monitoring/rule-procedures.ts";
import { listLedger, showTransaction } from "../../wallet/staff/list-transactions.ts";
import { explainBalance, listPlayerPostings, showBalances } from "../../wallet/staff/show-balances.ts";
import { verifyLedger, verifySealed } from "../../wallet/staff/verify-ledger.ts";
import { brandRouter, gameRouter, lobbyRouter } from "./catalog-router.ts";
import { roundRouter } from "./round-router.ts";
import { planRouter } from "./plan-router.ts";
import { reconRouter, settlementRouter } from "./recon-router.ts";
import { router } from "./procedure.ts";
import { treasuryRoutes } from "./treasury-routes.ts";

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
    denials: listDenials,
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
  provider: router({
    list: listProviders,
    show: showProvider,
    report: showConformanceReport,
    adopt: adoptDialect,
    changePolicy: changeProviderPolicy,
    setPaused: pauseProvider,
    planRotation,
    rotateCredential,
    keepReport: keepConformanceReport,
    ...bankProcedures,
  }),
  round: roundRouter,
  freeSpins: freeSpinsRouter,
  game: gameRouter,
  brand: brandRouter,
  lobby: lobbyRouter,
  deposit: router({ list: listDeposits, show: showDeposit, release: proposeDepositRelease }),
  ...treasuryRoutes,
  payout: router({
    queue: showPayoutQueue,
    list: listPayouts,
    show: showPayout,
    claimNext,
    claim: claimOne,
    unclaim: unclaimOne,
    snooze: snoozeOne,
    recheck: recheckPayoutNow,
    approve: approvePayout,
    reject: rejectPayout,
    query: queryPayout,
    resubmit: resubmitPayout,
  }),
  instrument: router({ list: listInstruments, verify: verifyInstrument }),
  webhook: router({ list: listWebhooks, show: showWebhook, replay: replayWebhook }),
  rg: router({
    show: showRg,
    exclusions: listAllExclusions,
    interactions: listInteractions,
    tighten: tightenLimit,
    exclude: excludeByStaff,
    answerReactivation,
    noteInteraction,
  }),
  aml: router({
    alerts: listAmlAlerts,
    cases: listAmlCases,
    case: showAmlCase,
    decide: decideAmlCase,
    note: noteAmlCase,
    sars: listSars,
    sar: showSar,
    draft: draftSar,
    discard: discardSar,
    file: proposeSar,
    acknowledge: acknowledgeSar,
    rules: ruleProcedures("AML", { read: "aml.read", propose: "aml.propose" }),
  }),
  risk: router({
    alerts: listRiskAlerts,
    alert: showRiskAlert,
    decide: decideRiskAlert,
    links: showLinks,
    rules: ruleProcedures("RISK", { read: "risk.read", propose: "risk.rule.propose" }),
  }),
  jurisdiction: router({
    list: listJurisdictions,
    diff: diffJurisdiction,
    propose: proposeJurisdiction,
  }),
  geo: router({
    list: listGeoDecisions,
    show: showGeoDecision,
    explain: explainGeo,
  }),
  limitProfile: router({
    list: listLimitProfiles,
    diff: diffProfile,
    propose: proposeProfile,
    assign: assignProfile,
    explain: explainLimits,
  }),
  chargeback: router({
    list: listChargebacks,
    show: showChargeback,
    addEvidence,
    readEvidence,
    submit: submitEvidence,
    accept: acceptChargeback,
  }),
  psp: router({ list: listPsps, show: showPsp, pause: pausePsp, resume: resumePsp }),
  cashierRule: router({ list: showCashierRules, diff: diffCashierRule, propose: proposeCashierRule }),
  routing: router({ list: listRouting, set: setRule, retire: retireRule }),
  kyc: router({
    list: listCases,
    show: showCase,
    document: showDocument,
    claimNext: claimNextCase,
    decide: decideCase,
    propose: proposeCaseDecision,
    webhooks: listKycWebhooks,
    webhook: showKycWebhook,
    replayWebhook: replayKycWebhook,
  }),
  screening: router({
    status: showScreening,
    lists: listScreeningLists,
    run: runScreening,
    replay: replayScreening,
    screen: screenNow,
    hits: listHits,
    hit: showHit,
    reveal: revealHit,
    dismiss: dismissHit,
    proposeDecision,
    proposeRule,
  }),
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
    funnel: showFunnel,
    lifecycle: showLifecycle,
    days: listDays,
    day: showDay,
    tieOut: tieOutDay,
    charges: listChargeVersions,
    payoutSla: showPayoutSla,
    proposeCharge,
    planRebuild,
    rebuild: rebuildFacts,
    finishRebuild: finishRebuilding,
  }),
  affiliate: router({
    list: listAffiliates,
    show: showAffiliate,
    players: listAffiliatePlayers,
    create: createAffiliate,
    change: changeAffiliate,
    addCode,
    setCode,
    setPlan,
    attribution: showAttribution,
    reattribute: reattributePlayer,
    rule: showAttributionRule,
    setRule: setAttributionRule,
    statements: listStatements,
    statement: showStatement,
    makeStatement: makeStatementNow,
    proposeStatement,
    proposePayee,
    releasePayment,
  }),
  recon: reconRouter,
  settlement: settlementRouter,
  roundRecon: router({ files: listRoundFiles, plan: planReconcile, run: runReconcile }),
  event: router({ planReplay, replay: replayEvents }),
  alert: router({ list: listAlerts, acknowledge: acknowledgeAlert }),
  system: router({ health: showHealth, overview: showOverview, live: watchLive }),
  plan: planRouter,
});

export type AppRouter = typeof appRouter;
