/** The parts of the engine that people's use cases are made of. */
import type { BankDesk } from "../cashier/bank/bank-desk.ts";
import type { PayoutRail } from "../cashier/psp/payout-rail.ts";
import type { SettlementSource } from "../cashier/settlement/settlement-source.ts";
import type { PspDesk } from "../cashier/psp/psp-watch.ts";
import type { KycVendor } from "../compliance/kyc/vendor/kyc-vendor.ts";
import type { ExclusionRegister } from "../compliance/registers/exclusion-register.ts";
import type { ScreeningLists } from "../compliance/screening/screening-lists.ts";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import type { Context } from "../kernel/context.ts";
import type { HandleAgain } from "../ops/event-bus.ts";
import type { ConsumerHandlers } from "../ops/consumer-handlers.ts";
import type { EventSource } from "../ops/event-source.ts";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { ObjectStore } from "../ops/objects/object-store.ts";
import type { GeoLocator } from "../risk/geo/geo-locator.ts";
import type { SteadySession } from "../ops/steady-session.ts";
import type { ColumnStore } from "../reporting/store/column-store.ts";
import type { Lanes } from "../wallet/lanes.ts";
import type { AccessTokens } from "./keys/access-tokens.ts";
import type { DataVault } from "./keys/data-vault.ts";
import type { KeyService } from "./keys/key-service.ts";
import type { PlayerVault } from "./keys/player-vault.ts";
import type { SigningRing } from "./keys/signing-ring.ts";
import type { Mailer } from "./mail/mailer.ts";

export interface StaffSettings {
  /** Where the console is reached, `https://pitboss.example`: passkeys are bound to it. */
  readonly consoleOrigin: string;
  /** What the console's server shows to be the console's server. */
  readonly consoleKey: string;
  /** Folder of exports and other files. */
  readonly dataDir: string;
  /** True where NODE_ENV says so: plans carry it, so that a terminal asks twice. */
  readonly production: boolean;
  /** Who runs the house, as it stands on what leaves it. */
  readonly operator: string;
}

export interface StaffDeps extends Context {
  readonly lanes: Pick<Lanes, "submit">;
  readonly catalog: Pick<GameCatalog, "byCode" | "all">;
  readonly psps: PspDesk;
  readonly keys: KeyService;
  readonly vault: DataVault;
  readonly players: PlayerVault;
  readonly ring: SigningRing;
  readonly tokens: AccessTokens;
  readonly mailer: Mailer;
  readonly settings: StaffSettings;
  /** Events as they were committed, from any position, and what each consumer does with them. */
  readonly events: {
    readonly source: EventSource;
    readonly handlers: ConsumerHandlers;
    /** For consumers that can be handed a part of what they applied. */
    readonly again: ReadonlyMap<string, HandleAgain>;
  };
  readonly objects: ObjectStore;
  /** The ways by which money leaves, by their provider's code. */
  readonly rails: ReadonlyMap<string, PayoutRail>;
  /** Where providers' settlement reports come from, by the provider's code. */
  readonly settlements: ReadonlyMap<string, SettlementSource>;
  /** The banks that hold the house's accounts. */
  readonly bank: BankDesk;
  /** Who verifies players beside the house's own people; undefined where nobody does. */
  readonly kycVendor: KycVendor | undefined;
  /** Registers of self-excluded people, by their codes. */
  readonly registers: ReadonlyMap<string, ExclusionRegister>;
  /** The lists that players are screened against, in memory. */
  readonly screening: ScreeningLists;
  /** Where the facts of reports lie, and the currency that they are shown in. */
  readonly reports: { readonly store: ColumnStore; readonly currency: Currency };
  /** Reads long stretches of the ledger by key. */
  readonly ledger: SteadySession;
  /** Where network addresses are. */
  readonly geo: GeoLocator;
}
