"use client";

import { useTranslations } from "use-intl";
import type { HitDetail, HitDetails } from "#features/screening/hit-state.tsx";

const methods = ["literal", "phonetic", "edit", "jaroWinkler"] as const;
const cell = "px-2 py-1 text-start align-top wrap-anywhere";

/** Player and entry side by side, and what each of it does to the score. */
export function HitComparison({ details, hit }: { details: HitDetails; hit: HitDetail }) {
  const t = useTranslations("screening.comparison");
  const penaltyWords = useTranslations("screening.penalties");
  const { player, listed, pairs, penalties } = details;
  return (
    <div className="flex flex-col gap-4">
      <div className="overflow-x-auto rounded-lg border border-line" tabIndex={0} role="group" aria-label={t("title")}>
        <table className="w-full text-sm">
          <thead className="bg-sunken text-xs text-ink-muted">
            <tr>
              <th scope="col" className={cell}>
                {t("what")}
              </th>
              <th scope="col" className={cell}>
                {t("player")}
              </th>
              <th scope="col" className={cell}>
                {t("listed")}
              </th>
              <th scope="col" className={`${cell} text-end`}>
                {t("points")}
              </th>
            </tr>
          </thead>
          <tbody className="[&>tr]:border-t [&>tr]:border-line">
            <tr>
              <th scope="row" className={`${cell} font-medium`}>
                {t("name")}
              </th>
              <td className={cell}>{player.name}</td>
              <td className={cell}>
                {listed.full} {listed.quality === "WEAK" && <span className="text-ink-muted">({t("weak")})</span>}
              </td>
              <td className={`${cell} tabular text-end`}>{details.points}</td>
            </tr>
            {pairs.map((pair, index) => (
              // Parts of a name may be the same twice, and their order never changes.
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed
              <tr key={index} className="text-ink-muted">
                <td className={`${cell} ps-5 text-xs`}>{t(`by.${pair.by}`)}</td>
                <td className={`${cell} font-mono text-xs`}>{pair.player ?? "–"}</td>
                <td className={`${cell} font-mono text-xs`}>{pair.listed ?? "–"}</td>
                <td className={`${cell} tabular text-end text-xs`}>{pair.by === "alone" ? "" : pair.alike}</td>
              </tr>
            ))}
            {penalties.map(({ name, player: own, listed: other, points }) => (
              <tr key={name}>
                <th scope="row" className={`${cell} font-medium`}>
                  {penaltyWords(name)}
                </th>
                <td className={cell}>{own ?? <span className="text-ink-muted">{t("unknown")}</span>}</td>
                <td className={cell}>{other ?? <span className="text-ink-muted">{t("unknown")}</span>}</td>
                <td className={`${cell} tabular text-end ${points > 0 ? "text-good" : "text-ink-muted"}`}>
                  {points > 0 ? `−${points}` : t(own === null || other === null ? "noMatter" : "agrees")}
                </td>
              </tr>
            ))}
            <tr className="bg-sunken font-medium">
              <th scope="row" className={cell}>
                {t("score")}
              </th>
              <td className={cell} colSpan={2}>
                {t("made", { version: hit.ruleVersion, algorithm: hit.algorithm })}
              </td>
              <td className={`${cell} tabular text-end`}>{hit.score}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p className="text-xs text-ink-muted">
        {methods.map((method) => (
          <span key={method} className={`me-3 inline-block ${method === details.best ? "font-medium text-ink" : ""}`}>
            {t(`methods.${method}`)} <span className="tabular">{details.methods[method]}</span>
          </span>
        ))}
      </p>
    </div>
  );
}
