/** An amount as a simulated bank shows it to whoever pays: minor units and the currency's code, in whichever case. */
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";

export function sayAmount(minor: number, code: string): string {
  const currency = code.toUpperCase();
  return isCurrency(currency) ? `${formatMinor(BigInt(minor), currency)} ${currency}` : `${minor} ${currency}`;
}
