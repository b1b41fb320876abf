/** From which accounts the simulated payment services pay out to the house. */
import { makeIban } from "@pitboss/domain/cashier/bank/iban";

const accounts: Readonly<Record<string, string>> = {
  stripe: "370400440532013001",
  adyen: "370400440532013002",
  checkout: "370400440532013003",
};

export function payerIbanOf(psp: string): string {
  const iban = makeIban("DE", accounts[psp] ?? "370400440532013009");
  if (iban === undefined) throw new Error(`the account of ${psp} is none`);
  return iban;
}

/** Whoever books as a payment service is known by its name alone. */
export function payerIbanByName(name: string): string | null {
  const psp = Object.keys(accounts).find((code) => name.toLowerCase().includes(code));
  return psp === undefined ? null : payerIbanOf(psp);
}
