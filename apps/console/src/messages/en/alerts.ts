export const alerts = {
  STALE_BETS: {
    title: "{provider}: stale bets are left to you",
    bets: "{more, select, true {more than {limit, number} bets} other {{count, plural, one {# bet} other {# bets}}}} without a result for longer than the provider takes",
    AUTO_VOID_OFF: "The house does not void this provider’s bets by itself.",
    TOO_MANY_BETS: "That is more bets than a run may void.",
    TOO_MUCH_MONEY: "That is more money than a run may give back: {over}.",
    propose: "Propose to void…",
    proposeTitle: "Void every stale bet of {provider}?",
  },
  PROVIDER_DOWN: {
    title: "{provider} is in trouble",
    FAULTY:
      "{bad, number} of its {calls, number} calls could not be understood. Its games are marked in the lobby until its calls are good again; bets are taken. See {runbook}.",
    SLOW: "{bad, number} of its {calls, number} calls were answered slowly. Its games are marked in the lobby until that is over; bets are taken. See {runbook}.",
    SILENT:
      "It made {calls, number} calls and then fell silent. Its games are marked in the lobby for a while; bets are taken. See {runbook}.",
  },
  RECONCILIATION_DRIFT: {
    title: "{source}: the two books differ",
    body: "{count, plural, one {# break waits} other {# breaks wait}} for somebody.",
  },
  TRANSFERS_UNKNOWN: {
    title: "{provider}: transfers to or from its game bank are open for too long",
    body: "{count, plural, one {# transfer waits} other {# transfers wait}} for the provider to say what became of the money. See {runbook}.",
  },
  since: "since",
  acknowledge: "I am at it",
  acknowledgeTitle: "Take this warning upon yourself?",
  acknowledgeEffect: "Everybody sees that you are at it. The warning goes when its cause is gone.",
  what: "Warning",
  effect: "Effect",
  acknowledged: "{name} is at it",
  acknowledgedToast: "Everybody sees that you are at it",
} as const;
