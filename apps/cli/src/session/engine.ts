/** The staff API as whoever is signed in. Everything that the CLI reads or changes goes through here. */
import type { AppRouter } from "@pitboss/engine/edge/trpc/app-router";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import { z } from "zod";
import { engineFailure, Stop, stop } from "../kernel/stop.ts";
import type { World } from "../kernel/world.ts";
import { userAgent } from "../version.ts";
import { chosenContext, type NamedContext } from "./contexts.ts";
import { download, type Downloaded } from "./download.ts";
import { upload } from "./upload.ts";
import { bodyOf, fetchFromEngine, isErrorCode, post } from "./reach.ts";
import { forgetSignIn, findSignIn, keepSignIn, type SignIn } from "./tokens.ts";

type Api = ReturnType<typeof createTRPCClient<AppRouter>>;

export interface Engine {
  readonly context: NamedContext;
  /**
   * Runs a call, and asks for a fresh second factor and runs it again where the engine wants one. A call that fails ends
   * the command with the engine's own words.
   */
  call<T>(run: (api: Api) => Promise<T>): Promise<T>;
  /** Fetches a file of the engine's to this path; `at` is told how many bytes have come. */
  download(from: string, path: string, at: (bytes: number) => void): Promise<Downloaded>;
  /** Sends a file to the engine, and asks for a fresh second factor where it wants one; its answer. */
  upload(to: string, path: string): Promise<unknown>;
}

/** A token this close to its end is renewed before it is used. */
const renewBeforeMs = 30_000;
const uninterrupted = new AbortController().signal;
const tokenAnswer = z.object({ token: z.string(), expiresAt: z.iso.datetime() });

export function connect(world: World): Engine {
  const context = chosenContext(world);
  const signIn = findSignIn(world.config, context) ?? notSignedIn(context.name);
  const api = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${context.url}/trpc`,
        headers: async () => ({
          authorization: `Bearer ${await freshToken(world, context, signIn)}`,
          "user-agent": userAgent,
        }),
        // A change that is under way is waited for: an interruption that cuts it off would leave open whether it happened.
        fetch: (url, init) =>
          fetchFromEngine(String(url), init as RequestInit, init?.method === "POST" ? uninterrupted : world.signal),
      }),
    ],
  });
  const once = async <T>(run: (api: Api) => Promise<T>): Promise<T> => {
    try {
      return await run(api);
    } catch (error) {
      throw stopOf(error, context);
    }
  };
  return {
    context,
    async call(run) {
      try {
        return await once(run);
      } catch (error) {
        const wanted = error instanceof Stop && error.failure.code === "STEP_UP_NEEDED" && world.asker.possible;
        if (!wanted) throw error;
      }
      await stepUp(world, once);
      return once(run);
    },
    async upload(to, path) {
      const send = async (): Promise<unknown> =>
        upload(context.url + to, await freshToken(world, context, signIn), path, world.signal);
      try {
        return await send();
      } catch (error) {
        const wanted = error instanceof Stop && error.failure.code === "STEP_UP_NEEDED" && world.asker.possible;
        if (!wanted) throw error;
      }
      await stepUp(world, once);
      return send();
    },
    download: async (from, path, at) =>
      download(context.url + from, await freshToken(world, context, signIn), path, world.signal, at),
  };
}

/** Gives the second factor again, by what the person types. */
export async function stepUp(world: World, once: Engine["call"]): Promise<string> {
  const code = await world.asker.ask("This needs a fresh second factor. Code of your authenticator app: ");
  if (code === undefined || code.trim() === "") stop("SAID_NO");
  const { freshUntil } = await once((api) => api.account.stepUp.mutate({ method: "TOTP", code: code.trim() }));
  return freshUntil;
}

async function freshToken(world: World, context: NamedContext, first: SignIn): Promise<string> {
  const signIn = findSignIn(world.config, context) ?? first;
  const endsAt = signIn.tokenExpiresAt === null ? 0 : Date.parse(signIn.tokenExpiresAt);
  if (signIn.token !== null && endsAt - world.now() > renewBeforeMs) return signIn.token;
  const answer = await post(`${context.url}/staff/session/token`, { session: signIn.session }, world.signal);
  if (answer.status === 401) {
    forgetSignIn(world.config, context.name);
    notSignedIn(context.name, "The session has ended.");
  }
  const { token, expiresAt } = bodyOf(answer, tokenAnswer);
  keepSignIn(world.config, context.name, { ...signIn, token, tokenExpiresAt: expiresAt });
  return token;
}

function notSignedIn(context: string, detail?: string): never {
  stop("NOT_SIGNED_IN", { detail, hint: `pitboss login --context ${context}` });
}

const shape = z.object({
  failure: z.object({
    code: z.string().refine(isErrorCode),
    sentence: z.string(),
    detail: z.string().nullable(),
    retry: z.boolean(),
    traceId: z.string(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
  }),
});

/** What the failure of a call means for the command. */
function stopOf(error: unknown, context: Pick<NamedContext, "name">): unknown {
  if (error instanceof Stop) return error;
  if (!(error instanceof TRPCClientError)) return error;
  if (error.cause instanceof Stop) return error.cause;
  const parsed = shape.safeParse(error.data);
  if (!parsed.success)
    return new Stop({
      exit: 1,
      code: "ENGINE_STRANGE",
      sentence: "What answered is not a Pitboss engine of this version.",
      detail: error.message,
    });
  const { code, sentence, detail, retry, traceId, data } = parsed.data.failure;
  return new Stop(
    engineFailure(code, { sentence, detail: detail ?? undefined, retry, traceId, data, hint: hints(context)[code] }),
  );
}

function hints({ name }: Pick<NamedContext, "name">): Readonly<Record<string, string>> {
  const signIn = `pitboss login --context ${name}`;
  return {
    STEP_UP_NEEDED: "pitboss step-up",
    SESSION_ENDED: signIn,
    TOKEN_INVALID: signIn,
    TOKEN_MISSING: signIn,
  };
}
