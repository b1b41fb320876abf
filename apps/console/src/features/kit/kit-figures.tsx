"use client";

import { samplePoints } from "#features/kit/samples.ts";
import AreaChart from "#ui/area-chart.tsx";
import BarChart from "#ui/bar-chart.tsx";
import { Money } from "#ui/money.tsx";
import { Section } from "#ui/section.tsx";
import { Stat } from "#ui/stat.tsx";

export function KitFigures() {
  return (
    <>
      <Section title="Figures">
        <div className="grid grid-cols-2 divide-line sm:grid-cols-4 sm:divide-x">
          <Stat
            label="GGR today"
            value={<Money amount="18420.50" currency="EUR" />}
            change={{ percent: 12.4, good: true }}
            hint="against yesterday"
            trend={[4, 6, 5, 8, 7, 9, 12, 11, 14]}
          />
          <Stat
            label="Bets settled"
            value="48,201"
            change={{ percent: -3.1, good: false }}
            hint="against yesterday"
            trend={[9, 8, 9, 7, 8, 6, 7, 5, 6]}
          />
          <Stat label="Open rounds" value="312" hint="oldest 4 minutes" />
          <Stat label="Loading" value={undefined} />
        </div>
      </Section>
      <div className="grid gap-x-10 lg:grid-cols-2">
        <Section title="Area chart">
          <AreaChart
            points={samplePoints}
            summary="Stakes over two days"
            empty={{ title: "No stakes yet" }}
            formatX={(x) => x.slice(11, 16)}
            formatY={(y) => `${y}`}
          />
        </Section>
        <Section title="Bar chart">
          <BarChart
            points={samplePoints.slice(0, 14)}
            summary="Bets by hour"
            empty={{ title: "No bets yet" }}
            formatX={(x) => x.slice(11, 16)}
            formatY={(y) => `${y}`}
          />
        </Section>
        <Section title="Chart, loading">
          <BarChart
            points={undefined}
            summary="Bets by hour"
            empty={{ title: "No bets yet" }}
            formatX={String}
            formatY={String}
          />
        </Section>
        <Section title="Chart, empty">
          <BarChart
            points={[]}
            summary="Bets by hour"
            empty={{ title: "No bets yet", hint: "They appear a second after they are settled." }}
            formatX={String}
            formatY={String}
          />
        </Section>
      </div>
    </>
  );
}
