import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { failureOf, mayRetry } from "#lib/failure.ts";

const staleMs = 10_000;
const mostRetries = 2;

/** `onEnded` is called once, when the engine says that the session is over. */
export function createQueryClient(onEnded: () => void): QueryClient {
  let told = false;
  function watch(error: unknown) {
    const { code } = failureOf(error);
    if (told || (code !== "SESSION_ENDED" && code !== "TOKEN_INVALID")) return;
    told = true;
    onEnded();
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: staleMs,
        retry: (count, error) => count < mostRetries && mayRetry(failureOf(error)),
      },
      mutations: { retry: false },
    },
  });
}
