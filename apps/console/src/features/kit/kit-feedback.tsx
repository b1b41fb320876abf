"use client";

import { CircleDollarSign, Dices, Inbox, Lock } from "lucide-react";
import { useState } from "react";
import { toast } from "#lib/toasts.ts";
import { type Tone } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Empty } from "#ui/empty.tsx";
import { FailureState } from "#ui/failure-state.tsx";
import { Money } from "#ui/money.tsx";
import { Notice } from "#ui/notice.tsx";
import { Section } from "#ui/section.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { Timeline } from "#ui/timeline.tsx";
import { Row } from "#features/kit/kit-controls.tsx";

const tones: readonly Tone[] = ["neutral", "accent", "good", "warn", "bad"];

export function KitFeedback() {
  const [tab, setTab] = useState<"one" | "two" | "three">("one");
  return (
    <div className="grid gap-x-10 lg:grid-cols-2">
      <Section title="Timeline">
        <Timeline
          empty={{ title: "Nothing happened yet" }}
          entries={[
            {
              id: "3",
              at: "2026-11-23T14:04:10Z",
              icon: CircleDollarSign,
              tone: "good",
              text: "Payout",
              aside: <Money amount="360.00" currency="EUR" signed />,
            },
            {
              id: "2",
              at: "2026-11-23T14:04:10Z",
              icon: Dices,
              tone: "accent",
              text: "Round settled: red 32",
              detail: "European Roulette",
            },
            {
              id: "1",
              at: "2026-11-23T14:03:22Z",
              icon: Lock,
              tone: "warn",
              text: "Player locked by Ada Lovelace",
              detail: "Reason: chargeback on the last deposit",
            },
          ]}
        />
      </Section>
      <Section title="Timeline, loading">
        <Timeline entries={undefined} empty={{ title: "Nothing" }} />
      </Section>
      <Section title="Notices">
        <div className="flex flex-col gap-2">
          {tones.map((tone) => (
            <Notice key={tone} tone={tone} title={`A ${tone} notice`}>
              With what a person needs to know beside it.
            </Notice>
          ))}
        </div>
      </Section>
      <Section title="Tabs and toasts">
        <Tabs
          label="Parts"
          value={tab}
          onChange={setTab}
          className="[--page-x:0px]"
          tabs={[
            { value: "one", label: "Bets", count: 128 },
            { value: "two", label: "Transactions" },
            { value: "three", label: "Sessions", count: 3 },
          ]}
        >
          <p className="py-3 text-ink-muted">The panel of {tab}.</p>
        </Tabs>
        <Row>
          <Button onClick={() => toast("View saved")}>Toast</Button>
          <Button
            onClick={() => toast("Adjustment proposed", { tone: "good", description: "It waits for a second person." })}
          >
            Good toast
          </Button>
          <Button onClick={() => toast("The proposal has run out", { tone: "bad", description: "APPROVAL_EXPIRED" })}>
            Bad toast
          </Button>
        </Row>
      </Section>
      <Section title="Empty">
        <Empty
          icon={Inbox}
          title="Nothing waits for you"
          hint="Proposals that need a second person appear here."
          action={<Button>See all</Button>}
        />
      </Section>
      <Section title="Failure">
        <FailureState
          failure={{ code: "DATABASE_UNAVAILABLE", traceId: "4bf92f35-77b3-4da6-a3ce-929d0e0e4736" }}
          onRetry={() => undefined}
        />
      </Section>
    </div>
  );
}
