import { isIP } from "node:net";
import { findPayout } from "@pitboss/db/cashier/payout-store";
import { findDeposit } from "@pitboss/db/cashier/deposit-store";
import { findCase } from "@pitboss/db/compliance/kyc-store";
import { findHit } from "@pitboss/db/compliance/screening-hit-store";
import { findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import { findRoundsByRef, type FoundRound } from "@pitboss/db/gaming/find-rounds-by-ref";
import { findApproval } from "@pitboss/db/identity/approval-store";
import { findPlayer, listPlayers, type PlayerFilter, type PlayerRecord } from "@pitboss/db/identity/player-directory";
import { findStaff, listStaff } from "@pitboss/db/identity/staff-directory";
import { findTransaction } from "@pitboss/db/wallet/search-transactions";
import { mayAny, type Permission } from "@pitboss/domain/identity/permissions";
import { formatId, idPrefixes, type IdKind, parseId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { procedure } from "../edge/trpc/procedure.ts";
import type { Actor } from "./actor.ts";
import { findAmlCase, findSar } from "@pitboss/db/compliance/aml-store";
import { findAlert } from "@pitboss/db/risk/alert-store";
import { findGeoDecision } from "@pitboss/db/risk/geo-store";
import { visibleKinds } from "./approvals/approval-view.ts";
import { parseDeviceId } from "./players/present-player.ts";
import type { StaffDeps } from "./staff-deps.ts";

/** How many of each kind a search by text shows. */
const most = 8;

export interface Found {
  readonly kind:
    | "player"
    | "bet"
    | "round"
    | "transaction"
    | "deposit"
    | "payout"
    | "kycCase"
    | "screeningHit"
    | "amlCase"
    | "riskAlert"
    | "geoDecision"
    | "approval"
    | "staff"
    | "audit";
  /** A round has none that is its own: here it is provider, player and reference, each spelled as in an address. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
}

/** Any record by its id, a round by its provider's name for it; players and staff by name, nickname, e-mail, device or address, as far as one may. */
export const findAny = procedure("find.any")
  .input(z.object({ text: z.string().trim().min(1).max(320) }))
  .query(async ({ ctx, input }): Promise<readonly Found[]> => {
    const seeker = { deps: ctx.deps, actor: ctx.actor };
    const [byId, rounds] = await Promise.all([findById(seeker, input.text), findRounds(seeker, input.text)]);
    return [...(byId ?? (await findByText(seeker, input.text))), ...rounds];
  });

interface Seeker {
  readonly deps: StaffDeps;
  readonly actor: Actor;
}

/** Undefined where the text does not look like an id at all. */
async function findById(seeker: Seeker, text: string): Promise<readonly Found[] | undefined> {
  const kind = (Object.keys(idPrefixes) as IdKind[]).find((name) => text.startsWith(`${idPrefixes[name]}_`));
  const id = kind === undefined ? undefined : parseId(kind, text);
  if (id === undefined) return undefined;
  const { db } = seeker.deps;
  switch (kind) {
    case "player": {
      const player = await findPlayer(db, id);
      return player === undefined ? [] : [presentPlayer(player)];
    }
    case "bet": {
      const bet = await findBetById(db, id);
      if (bet === undefined) return [];
      const subtitle = `${formatMinor(bet.stake, bet.currency)} ${bet.currency} on ${bet.gameCode}`;
      return [{ kind, id: text, title: text, subtitle }];
    }
    case "transaction": {
      const found = await findTransaction(db, id);
      return found === undefined ? [] : [{ kind, id: text, title: text, subtitle: found.type }];
    }
    case "deposit": {
      const found = may(seeker, "payment.read") ? await findDeposit(db, id) : undefined;
      if (found === undefined) return [];
      const subtitle = `${formatMinor(found.amount, found.currency)} ${found.currency} · ${found.state}`;
      return [{ kind, id: text, title: text, subtitle }];
    }
    case "payout": {
      const found = may(seeker, "payout.read") ? await findPayout(db, id) : undefined;
      if (found === undefined) return [];
      const subtitle = `${formatMinor(found.amount, found.currency)} ${found.currency} · ${found.state}`;
      return [{ kind, id: text, title: text, subtitle }];
    }
    case "kycCase": {
      const found = may(seeker, "kyc.read") ? await findCase(db, id) : undefined;
      if (found === undefined) return [];
      return [{ kind, id: text, title: text, subtitle: `${found.nickname} · ${found.level} · ${found.state}` }];
    }
    case "screeningHit": {
      const found = may(seeker, "screening.read") ? await findHit(db, id) : undefined;
      if (found === undefined) return [];
      return [{ kind, id: text, title: text, subtitle: `${found.nickname} · ${found.source} · ${found.state}` }];
    }
    case "amlCase": {
      const found = may(seeker, "aml.read") ? await findAmlCase(db, id) : undefined;
      return found === undefined
        ? []
        : [{ kind, id: text, title: text, subtitle: `${found.nickname} · ${found.state}` }];
    }
    case "sar": {
      const found = may(seeker, "aml.read") ? await findSar(db, id) : undefined;
      if (found === undefined) return [];
      // A report is looked at in its case.
      const caseId = formatId("amlCase", found.caseId);
      return [{ kind: "amlCase", id: caseId, title: text, subtitle: `${found.authority} · ${found.state}` }];
    }
    case "riskAlert": {
      const found = may(seeker, "risk.read") ? await findAlert(db, "RISK", id) : undefined;
      if (found === undefined) return [];
      return [{ kind, id: text, title: text, subtitle: `${found.nickname} · ${found.ruleCode} · ${found.state}` }];
    }
    case "geoDecision": {
      const found = may(seeker, "geo.read") ? await findGeoDecision(db, id) : undefined;
      if (found === undefined) return [];
      return [{ kind, id: text, title: text, subtitle: `${formatId("player", found.playerId)} · ${found.verdict}` }];
    }
    case "approval": {
      const found = await findApproval(db, id);
      if (found === undefined || !visibleKinds(seeker.actor).includes(found.kind)) return [];
      return [{ kind, id: text, title: found.summary, subtitle: found.status }];
    }
    case "staff": {
      const person = may(seeker, "staff.read") ? await findStaff(db, id) : undefined;
      return person === undefined ? [] : [{ kind, id: text, title: person.name, subtitle: person.email }];
    }
    case "audit":
      return may(seeker, "audit.read") ? [{ kind, id: text, title: text, subtitle: "" }] : [];
    default:
      return [];
  }
}

/** A provider may name its rounds in any way; names as short as people's, and without a digit, are not looked for. */
const roundName = /^(?=.*[0-9]).{4,128}$/;

async function findRounds(seeker: Seeker, text: string): Promise<readonly Found[]> {
  if (!roundName.test(text) || !may(seeker, "bet.read")) return [];
  return (await findRoundsByRef(seeker.deps.db, text, most)).map(presentRound);
}

function presentRound({ playerId, nickname, providerCode, ref, status }: FoundRound): Found {
  const player = formatId("player", playerId);
  return {
    kind: "round",
    id: [providerCode, player, ref].map(encodeURIComponent).join("/"),
    title: ref,
    subtitle: `${nickname} · ${providerCode} · ${status}`,
  };
}

async function findByText(seeker: Seeker, text: string): Promise<readonly Found[]> {
  const { db, players } = seeker.deps;
  const personal = may(seeker, "player.search-personal");
  const device = parseDeviceId(text);
  const filters: Omit<PlayerFilter, "limit">[] = [];
  if (device !== undefined) {
    if (personal) filters.push({ deviceId: device });
  } else if (isIP(text) !== 0) {
    if (personal) filters.push({ ip: text });
  } else if (text.includes("@")) {
    if (personal) filters.push({ emailIndex: await players.emailIndex(text) });
  } else {
    filters.push({ nickname: text });
    const terms = personal ? await players.searchTerms(text) : [];
    if (terms.length > 0) filters.push({ terms });
  }
  const found = (await Promise.all(filters.map((filter) => listPlayers(db, { ...filter, limit: most })))).flat();
  const unique = new Map(found.map((player) => [player.id, player]));
  const people = may(seeker, "staff.read") ? await listStaff(db, { text, limit: most }) : [];
  return [
    ...[...unique.values()].slice(0, most).map(presentPlayer),
    ...people.map(({ id, name, email }) => ({
      kind: "staff" as const,
      id: formatId("staff", id),
      title: name,
      subtitle: email,
    })),
  ];
}

function presentPlayer({ id, nickname, status, country }: PlayerRecord): Found {
  return { kind: "player", id: formatId("player", id), title: nickname, subtitle: `${status} · ${country}` };
}

function may({ actor }: Seeker, permission: Permission): boolean {
  return actor.kind === "machine" ? actor.scopes.includes(permission) : mayAny(actor.roles, permission);
}
