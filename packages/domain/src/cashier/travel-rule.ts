/**
 * The travel rule for what leaves over a chain: who sends and who receives goes with every transfer, from the first cent
 * on, and whoever receives above 1,000 EUR in a wallet of their own has shown that it is theirs (Regulation (EU) 2023/1113,
 * articles 14 and 19; EBA/GL/2024/11). The data has the form of the interVASP standard, IVMS101.
 */
import type { JsonObject } from "../kernel/json.ts";

export const hostings = ["SELF_HOSTED", "HOSTED"] as const;
export type Hosting = (typeof hostings)[number];

/** How it was shown that a wallet is the player's. A deposit from it shows it as well as a person's finding does. */
export type OwnershipProof = "DEPOSIT_FROM_IT" | "STAFF" | null;

export interface TravelFacts {
  /** In a wallet of the player's own, or at somebody who keeps it for them. */
  readonly hosting: Hosting;
  /** Who keeps it; null where it is the player's own. */
  readonly provider: string | null;
  readonly proof: OwnershipProof;
  /** What it is worth, decimal; null where there is no rate, and then it counts as much. */
  readonly valueEur: string | null;
  /** Whether all is known of the sender that has to be told. */
  readonly complete: boolean;
  /** Why the receiver's provider does not take it; null where it has not said so. */
  readonly refused: string | null;
}

/** Above this a wallet of one's own takes a proof, EUR. */
const proofAboveEur = 1_000;

/** What keeps it from being sent, in words; undefined where nothing does. */
export function missingForTravel({
  hosting,
  provider,
  proof,
  valueEur,
  complete,
  refused,
}: TravelFacts): string | undefined {
  if (refused !== null) return `The receiver's provider does not take it: ${refused}`;
  if (!complete) return "The player's name, birth date or address is not known, so that the sender can't be told.";
  if (hosting === "HOSTED" && provider === null) return "Who keeps the wallet is not known.";
  if (hosting === "SELF_HOSTED" && needsProof(valueEur) && proof === null) {
    return "Above 1,000 EUR the player has to show first that the wallet is theirs.";
  }
  return undefined;
}

function needsProof(valueEur: string | null): boolean {
  if (valueEur === null) return true;
  const [, whole = "0", fraction = ""] = /^([0-9]+)(?:\.([0-9]+))?$/.exec(valueEur) ?? [];
  const cents = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, "0").slice(0, 2));
  return cents > BigInt(proofAboveEur) * 100n || /[1-9]/.test(fraction.slice(2));
}

export interface TravelParties {
  /** The house, as its licence names it. */
  readonly operator: string;
  readonly player: {
    readonly playerId: string;
    readonly firstName: string;
    readonly lastName: string;
    /** YYYY-MM-DD. */
    readonly birthDate: string;
    readonly address: string;
    /** ISO 3166-1, two letters. */
    readonly country: string;
  };
  /** Where it goes. The house pays to wallets of the player's own alone, so that the receiver is the player. */
  readonly address: string;
  readonly provider: string | null;
}

/** Originator, beneficiary and their providers as IVMS101 has them. */
export function describeTravel({ operator, player, address, provider }: TravelParties): JsonObject {
  const person = {
    naturalPerson: {
      name: {
        nameIdentifier: [
          { primaryIdentifier: player.lastName, secondaryIdentifier: player.firstName, nameIdentifierType: "LEGL" },
        ],
      },
      geographicAddress: [{ addressType: "HOME", addressLine: [player.address], country: player.country }],
      dateAndPlaceOfBirth: { dateOfBirth: player.birthDate, placeOfBirth: player.country },
      customerIdentification: player.playerId,
    },
  };
  return {
    originator: { originatorPersons: [person], accountNumber: [player.playerId] },
    beneficiary: {
      beneficiaryPersons: [{ naturalPerson: { name: person.naturalPerson.name } }],
      accountNumber: [address],
    },
    originatingVASP: { originatingVASP: legalPerson(operator) },
    ...(provider === null ? {} : { beneficiaryVASP: { beneficiaryVASP: legalPerson(provider) } }),
  };
}

function legalPerson(name: string): JsonObject {
  return {
    legalPerson: { name: { nameIdentifier: [{ legalPersonName: name, legalPersonNameIdentifierType: "LEGL" }] } },
  };
}
