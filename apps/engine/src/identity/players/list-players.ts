import { isIP } from "node:net";
import { listPlayers as listRecords, listTags, type PlayerFilter } from "@pitboss/db/identity/player-directory";
import { playerStatuses, type PlayerStatus } from "@pitboss/domain/wallet/ledger-codes";
import { z } from "zod";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { type Actor, checkPermission } from "../actor.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { parseDeviceId, type PlayerRow, presentPlayer } from "./present-player.ts";

const ip = z.string().refine((text) => isIP(text) !== 0 || z.union([z.cidrv4(), z.cidrv6()]).safeParse(text).success, {
  message: "an address or a network",
});

export const playerFilters = z.object({
  status: z.enum(Object.keys(playerStatuses) as [PlayerStatus, ...PlayerStatus[]]).nullish(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish(),
  tag: z.string().max(40).nullish(),
  /** Beginning of the nickname. */
  nickname: z.string().trim().min(1).max(64).nullish(),
  /** Whole words of the name, in any order. */
  name: z.string().trim().min(1).max(200).nullish(),
  email: z.string().trim().min(3).max(320).nullish(),
  phone: z.string().trim().min(4).max(40).nullish(),
  deviceId: z.string().max(40).nullish(),
  ip: ip.nullish(),
  createdFrom: z.iso.datetime().nullish(),
  createdTo: z.iso.datetime().nullish(),
});

/** Players, newest first. Looking somebody up by what is personal takes a permission of its own. */
export const listPlayers = procedure("player.read")
  .input(playerFilters.extend(pageInput))
  .query(async ({ ctx, input }): Promise<Page<PlayerRow>> => {
    const filter = await readPlayerFilter(ctx.deps, ctx.actor, input);
    const before = readCursor("player", input.cursor);
    const rows = await listRecords(ctx.deps.db, { ...filter, before, limit: input.limit + 1 });
    return pageOf(
      rows.map(presentPlayer),
      input.limit,
      (row) => row,
      ({ playerId }) => playerId,
    );
  });

export const listPlayerTags = procedure("player.read").query(({ ctx }) => listTags(ctx.deps.db));

async function readPlayerFilter(
  { players, clock }: StaffDeps,
  actor: Actor,
  input: z.infer<typeof playerFilters>,
): Promise<Omit<PlayerFilter, "limit" | "before">> {
  const { name, email, phone, deviceId, ip: address } = input;
  if ([name, email, phone, deviceId, address].some((value) => value != null)) {
    orThrow(checkPermission(actor, "player.search-personal", clock.now()));
  }
  const device = deviceId == null ? undefined : parseDeviceId(deviceId);
  if (deviceId != null && device === undefined) throwFailure({ code: "ID_INVALID", detail: "Not a device's id." });
  const terms = [
    ...(name == null ? [] : await players.searchTerms(name)),
    ...(phone == null ? [] : [await players.phoneTerm(phone)]),
  ];
  if (name != null && terms.length === 0) throwFailure({ code: "REQUEST_INVALID", detail: "name: has no words" });
  return {
    status: input.status ?? undefined,
    country: input.country ?? undefined,
    tag: input.tag ?? undefined,
    nickname: input.nickname ?? undefined,
    terms: terms.length === 0 ? undefined : terms,
    emailIndex: email == null ? undefined : await players.emailIndex(email),
    ip: address ?? undefined,
    deviceId: device,
    createdFrom: input.createdFrom ?? undefined,
    createdTo: input.createdTo ?? undefined,
  };
}
