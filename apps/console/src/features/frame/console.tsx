"use client";

import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { signOut } from "next-auth/react";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { sessionLimits } from "@pitboss/domain/identity/session-limits";
import { AppFrame } from "#features/frame/app-frame.tsx";
import { Finder } from "#features/frame/finder.tsx";
import { IdleWarning } from "#features/frame/idle-warning.tsx";
import { ShortcutHelp } from "#features/frame/shortcut-help.tsx";
import { StepUp } from "#features/step-up/step-up.tsx";
import { type OutputOf, read } from "#lib/api.ts";
import { createQueryClient } from "#lib/query-client.ts";
import { type Reader, ReaderProvider } from "#lib/reader.tsx";

type Me = OutputOf<"account.me">;
type Ending = "idle" | "revoked" | "signedOut";

const warnMs = 60_000;
const refreshMs = 60_000;

function readerOf(me: Me): Reader {
  return {
    id: me.staffId,
    name: me.name,
    email: me.email,
    roles: me.roles,
    permissions: new Set(me.permissions.map(({ permission }) => permission)),
  };
}

/** What stands around every page once somebody is signed in. */
export function Console({ me, children }: { me: Me; children: ReactNode }) {
  const [client] = useState(() => createQueryClient(() => leave("revoked")));
  return (
    <QueryClientProvider client={client}>
      <SignedIn initial={me} onLeave={leave}>
        {children}
      </SignedIn>
    </QueryClientProvider>
  );
}

/** To the sign-in, and where it was not the reader who left, with the way back to where they were. */
function leave(ended: Ending): void {
  const { pathname, search } = window.location;
  const query = new URLSearchParams({ ended, ...(ended === "signedOut" ? {} : { next: `${pathname}${search}` }) });
  void signOut({ redirect: false }).finally(() => window.location.assign(`/sign-in?${query}`));
}

interface SignedInProps {
  readonly initial: Me;
  readonly onLeave: (ended: Ending) => void;
  readonly children: ReactNode;
}

function SignedIn({ initial, onLeave, children }: SignedInProps) {
  const [searching, setSearching] = useState(false);
  const { data: me, refetch } = useQuery({
    ...read("account.me"),
    initialData: initial,
    refetchInterval: refreshMs,
    refetchOnMount: false,
  });
  const reader = useMemo(() => readerOf(me), [me]);
  const stay = useCallback(() => void refetch(), [refetch]);
  const end = useCallback(() => onLeave("idle"), [onLeave]);
  return (
    <ReaderProvider reader={reader}>
      <AppFrame
        counts={{ approvals: me.waitingApprovals }}
        onSearch={() => setSearching(true)}
        onSignOut={() => onLeave("signedOut")}
      >
        {children}
      </AppFrame>
      <Finder open={searching} onOpenChange={setSearching} />
      <ShortcutHelp />
      <StepUp />
      <IdleWarning idleMs={sessionLimits.staff.idleMs} warnMs={warnMs} onStay={stay} onEnd={end} />
    </ReaderProvider>
  );
}
