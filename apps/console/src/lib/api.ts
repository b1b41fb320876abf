"use client";

/** The staff API from a page: calls go to the console's own server, which has the right to speak with the engine. */
import { createTRPCClient, getUntypedClient, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import type { AnyTRPCProcedure, inferProcedureInput, inferTransformedProcedureOutput } from "@trpc/server";
import { type MutationOptions, mutationOptions, queryOptions } from "@tanstack/react-query";
import type { AppRouter } from "@pitboss/engine/edge/trpc/app-router";
import { isSomebodyThere } from "#lib/activity.ts";
import { stepUpLink } from "#lib/step-up.ts";

const url = "/api/trpc";

export const api = createTRPCClient<AppRouter>({
  links: [
    stepUpLink,
    splitLink({
      condition: ({ type }) => type === "subscription",
      true: httpSubscriptionLink({ url }),
      false: httpLink({
        url,
        // A page that refreshes itself must not keep a session alive that nobody sits at.
        headers: () => (isSomebodyThere() ? {} : { "x-pitboss-background": "1" }),
      }),
    }),
  ],
});

const untyped = getUntypedClient(api);

type Procedures = AppRouter["_def"]["record"];

type PathIn<Node, Kind extends "query" | "mutation"> = {
  [Key in keyof Node & string]: Node[Key] extends AnyTRPCProcedure
    ? Node[Key]["_def"]["type"] extends Kind
      ? Key
      : never
    : `${Key}.${PathIn<Node[Key], Kind>}`;
}[keyof Node & string];

type At<Node, Path extends string> = Path extends `${infer Head}.${infer Tail}`
  ? Head extends keyof Node
    ? At<Node[Head], Tail>
    : never
  : Path extends keyof Node
    ? Node[Path]
    : never;

type Found<Path extends string> = At<Procedures, Path> extends infer P extends AnyTRPCProcedure ? P : never;

export type ReadPath = PathIn<Procedures, "query">;
export type WritePath = PathIn<Procedures, "mutation">;
export type InputOf<Path extends string> = inferProcedureInput<Found<Path>>;
export type OutputOf<Path extends string> = inferTransformedProcedureOutput<
  AppRouter["_def"]["_config"]["$types"],
  Found<Path>
>;

type Arguments<Path extends string> =
  undefined extends InputOf<Path> ? [input?: InputOf<Path>] : [input: InputOf<Path>];

/** A query of the staff API as react-query takes it: `useQuery(read("account.me"))`. */
export function read<Path extends ReadPath>(path: Path, ...[input]: Arguments<Path>) {
  return queryOptions({
    queryKey: [path, input] as const,
    queryFn: ({ signal }) => untyped.query(path, input, { signal }) as Promise<OutputOf<Path>>,
  });
}

/** A mutation of the staff API as react-query takes it: `useMutation(write("account.stepUp"))`. */
export function write<Path extends WritePath>(path: Path): MutationOptions<OutputOf<Path>, Error, InputOf<Path>> {
  return mutationOptions({
    mutationKey: [path],
    mutationFn: (input: InputOf<Path>) => untyped.mutation(path, input) as Promise<OutputOf<Path>>,
  });
}

/** The key under which everything that a path was asked for is kept, for `invalidateQueries`. */
export function keyOf(path: ReadPath): readonly [ReadPath] {
  return [path];
}
