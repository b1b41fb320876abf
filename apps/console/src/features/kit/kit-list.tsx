"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { type SampleBet, sampleBets } from "#features/kit/samples.ts";
import { Badge } from "#ui/badge.tsx";
import { BulkBar } from "#ui/bulk-bar.tsx";
import { Button } from "#ui/button.tsx";
import { ColumnMenu } from "#ui/column-menu.tsx";
import { DataTable } from "#ui/data-table.tsx";
import type { Column, Sort } from "#ui/data-table-types.ts";
import { FilterBar } from "#ui/filter-bar.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { IdChip } from "#ui/id-chip.tsx";
import { KeyValues } from "#ui/key-values.tsx";
import { LivePill } from "#ui/live-pill.tsx";
import { Money } from "#ui/money.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pager } from "#ui/pager.tsx";
import { Peek } from "#ui/peek.tsx";
import { Status } from "#ui/status.tsx";
import { Time } from "#ui/time.tsx";

const tones = { HELD: "accent", SETTLED: "good", VOIDED: "neutral", CORRECTED: "warn" } as const;

const columns: readonly Column<SampleBet>[] = [
  { id: "id", header: "Bet", width: 9, cell: (bet) => <span className="font-mono text-xs">{bet.id}</span> },
  { id: "at", header: "Placed", width: 11.5, sortable: true, cell: (bet) => <Time at={bet.at} short /> },
  {
    id: "player",
    header: "Player",
    width: 8,
    cell: (bet) => <IdChip id={bet.player} href={`/players/${bet.player}`} />,
  },
  { id: "game", header: "Game", cell: (bet) => bet.game },
  {
    id: "status",
    header: "Status",
    width: 8,
    cell: (bet) => (
      <Status tone={tones[bet.status]} open={bet.status === "HELD"}>
        {bet.status.toLowerCase()}
      </Status>
    ),
  },
  {
    id: "stake",
    header: "Stake",
    align: "end",
    width: 10,
    sortable: true,
    narrow: "end",
    cell: (bet) => <Money amount={bet.stake} currency={bet.currency} />,
  },
  {
    id: "payout",
    header: "Payout",
    align: "end",
    width: 10,
    narrow: "none",
    cell: (bet) => <Money amount={bet.payout} currency={bet.currency} />,
  },
];

export function KitList({ state }: { state: string }) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(["bet_8c1kv"]));
  const [visible, setVisible] = useState<readonly string[]>();
  const [sort, setSort] = useState<Sort>({ column: "at", direction: "desc" });
  const [peek, setPeek] = useState<string | undefined>(state === "peek" ? sampleBets[2]?.id : undefined);
  const [status, setStatus] = useState<string | null>("SETTLED");
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <PageHeader title="Bets & rounds" badge={<Badge>Kit</Badge>} actions={<Button>Export</Button>} />
        <FilterBar
          search={{ value: "", placeholder: "Bet, round or player id", onChange: () => undefined }}
          filters={[
            {
              id: "status",
              label: "Status",
              kind: "choice",
              choices: [
                { value: "HELD", label: "Held" },
                { value: "SETTLED", label: "Settled" },
              ],
              value: status,
              onChange: setStatus,
            },
            { id: "game", label: "Game", kind: "text", placeholder: "dice", value: null, onChange: () => undefined },
            { id: "from", label: "From", kind: "day", value: null, onChange: () => undefined },
          ]}
          onClear={() => setStatus(null)}
          tools={
            <>
              <IconButton label="Export" size="sm">
                <Download />
              </IconButton>
              <ColumnMenu columns={columns} visible={visible} onChange={setVisible} />
            </>
          }
        />
        <div className="relative min-h-0 flex-1 roomy:overflow-auto">
          <LivePill count={state === "peek" ? 0 : 3} onShow={() => undefined} />
          <DataTable
            label="Bets"
            columns={columns}
            list={
              state === "loading"
                ? { status: "loading" }
                : state === "failed"
                  ? {
                      status: "failed",
                      failure: { code: "DATABASE_UNAVAILABLE", traceId: "4bf92f35-77b3" },
                      retry: () => undefined,
                    }
                  : { status: "ready", rows: state === "empty" ? [] : sampleBets, refreshing: false }
            }
            rowId={(bet) => bet.id}
            rowHref={(bet) => `/dev/kit/list?${bet.id}`}
            empty={{ title: "No bet matches", hint: "Take a filter away, or look further back." }}
            visible={visible}
            sort={sort}
            onSort={setSort}
            selection={{ ids: selected, change: setSelected }}
            activeId={peek}
          />
          <BulkBar selected={selected.size} onClear={() => setSelected(new Set())}>
            <Button size="sm" look="solid">
              Export
            </Button>
          </BulkBar>
        </div>
        <Pager count={40} total={{ count: 1240, exact: true }} onFirst={undefined} onNext={() => undefined} />
      </div>
      {peek !== undefined && (
        <Peek
          title={peek}
          href="/dev/kit"
          onClose={() => setPeek(undefined)}
          onPrevious={undefined}
          onNext={() => undefined}
        >
          <div className="p-4">
            <KeyValues
              items={[
                { label: "Game", value: "Dice" },
                { label: "Stake", value: <Money amount="10.00" currency="EUR" /> },
              ]}
            />
          </div>
        </Peek>
      )}
    </div>
  );
}
