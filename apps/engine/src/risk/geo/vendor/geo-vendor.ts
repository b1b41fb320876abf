/** The port to a vendor that knows which network addresses hide where somebody is. */
import type { Hiding } from "@pitboss/domain/risk/geo";

export type AddressAnswer =
  | { readonly kind: "answered"; readonly hides: Hiding | "NO" }
  | { readonly kind: "unanswered"; readonly why: string };

export interface GeoVendor {
  readonly name: string;
  /** Answers within its own time whatever happens, and never throws for what happens outside. */
  lookUp(ip: string): Promise<AddressAnswer>;
}
