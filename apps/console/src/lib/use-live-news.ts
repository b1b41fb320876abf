"use client";

import type { AppRouter } from "@pitboss/engine/edge/trpc/app-router";
import { useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useEffect, useRef, useState } from "react";
import { api, keyOf } from "#lib/api.ts";
import { usePageVisible } from "#lib/use-page-visible.ts";

type Told = inferRouterOutputs<AppRouter>["system"]["live"] extends AsyncIterable<infer Event> ? Event : never;

export type LiveNews = Told["data"];
export type LiveItem = LiveNews["items"][number];
/** Whether what is shown is what happens now, is asked for again, or was switched off. */
export type LiveState = "live" | "reconnecting" | "off";

const shortestWaitMs = 250;
const longestWaitMs = 15_000;

/**
 * Hears what just happened while it is on and the page is looked at: a browser has few connections for one address, and
 * a page in the background would keep one of them for nobody. After a break it goes on where it was.
 */
export function useLiveNews(on: boolean, take: (news: LiveNews) => void): LiveState {
  const client = useQueryClient();
  const visible = usePageVisible();
  const [connected, setConnected] = useState(false);
  const last = useRef<string>(undefined);
  const taker = useRef(take);
  useEffect(() => {
    taker.current = take;
  }, [take]);

  useEffect(() => {
    if (!on || !visible) return;
    let over = false;
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stream: { unsubscribe(): void } | undefined;

    function again() {
      if (over) return;
      timer = setTimeout(listen, Math.min(shortestWaitMs * 2 ** failures, longestWaitMs));
    }
    function lose() {
      setConnected(false);
      failures += 1;
    }
    function listen() {
      stream = api.system.live.subscribe(
        { lastEventId: last.current ?? null },
        {
          onStarted: () => {
            failures = 0;
            setConnected(true);
          },
          onData: ({ id, data }) => {
            last.current = id;
            taker.current(data);
          },
          // The browser asks again by itself after a broken connection; an answer that is none ends the stream.
          onConnectionStateChange: ({ state, error }) => {
            if (state === "connecting" && error !== null) setConnected(false);
          },
          onComplete: again,
          onError: () => {
            lose();
            // A stream does not say why it was refused; a call does, and where the session is over it leads out.
            void client.invalidateQueries({ queryKey: keyOf("account.me") });
            again();
          },
        },
      );
    }

    listen();
    return () => {
      over = true;
      clearTimeout(timer);
      stream?.unsubscribe();
      setConnected(false);
    };
  }, [on, visible, client]);

  return !on ? "off" : connected ? "live" : "reconnecting";
}
