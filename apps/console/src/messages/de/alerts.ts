import type { Messages } from "#messages/english.ts";
import type { Translation } from "#messages/translation.ts";

export const alerts: Translation<Messages["alerts"]> = {
  STALE_BETS: {
    title: "{provider}: Überfällige Wetten warten auf eine Entscheidung",
    bets: "{more, select, true {mehr als {limit, number} Wetten} other {{count, plural, one {# Wette} other {# Wetten}}}} länger ohne Ergebnis, als der Anbieter braucht",
    AUTO_VOID_OFF: "Das Haus annulliert Wetten dieses Anbieters nicht von selbst.",
    TOO_MANY_BETS: "Das sind mehr Wetten, als ein Lauf annullieren darf.",
    TOO_MUCH_MONEY: "Das ist mehr Geld, als ein Lauf zurückgeben darf: {over}.",
    propose: "Annullieren vorschlagen…",
    proposeTitle: "Alle überfälligen Wetten von {provider} annullieren?",
  },
  PROVIDER_DOWN: {
    title: "{provider} hat Schwierigkeiten",
    FAULTY:
      "{bad, number} seiner {calls, number} Aufrufe waren nicht zu verstehen. Seine Spiele sind in der Lobby gekennzeichnet, bis seine Aufrufe wieder gut sind; Wetten werden angenommen. Siehe {runbook}.",
    SLOW: "{bad, number} seiner {calls, number} Aufrufe wurden langsam beantwortet. Seine Spiele sind in der Lobby gekennzeichnet, bis das vorbei ist; Wetten werden angenommen. Siehe {runbook}.",
    SILENT:
      "Er rief {calls, number} Mal an und verstummte dann. Seine Spiele sind eine Weile in der Lobby gekennzeichnet; Wetten werden angenommen. Siehe {runbook}.",
  },
  RECONCILIATION_DRIFT: {
    title: "{source}: Die beiden Bücher weichen voneinander ab",
    body: "{count, plural, one {# Abweichung wartet} other {# Abweichungen warten}} auf jemanden.",
  },
  TRANSFERS_UNKNOWN: {
    title: "{provider}: Überträge an oder von der Spielbank sind zu lange offen",
    body: "{count, plural, one {# Übertrag wartet} other {# Überträge warten}} darauf, dass der Anbieter sagt, was aus dem Geld wurde. Siehe {runbook}.",
  },
  since: "seit",
  acknowledge: "Ich kümmere mich",
  acknowledgeTitle: "Diese Warnung übernehmen?",
  acknowledgeEffect: "Alle sehen, dass Sie sich kümmern. Die Warnung verschwindet, wenn ihre Ursache behoben ist.",
  what: "Warnung",
  effect: "Wirkung",
  acknowledged: "{name} kümmert sich",
  acknowledgedToast: "Alle sehen, dass Sie sich kümmern",
};
