/**
 * Adyen tells a refusal as a code and words in its answers, and as the words alone in its notifications
 * (https://docs.adyen.com/development-resources/refusal-reasons). Whichever comes first, the house keeps the code.
 */
const codes: Readonly<Record<string, string>> = {
  refused: "2",
  referral: "3",
  "acquirer error": "4",
  "blocked card": "5",
  "expired card": "6",
  "invalid amount": "7",
  "invalid card number": "8",
  "issuer unavailable": "9",
  "not supported": "10",
  "3d not authenticated": "11",
  "not enough balance": "12",
  "acquirer fraud": "14",
  cancelled: "15",
  "shopper cancelled": "16",
  "invalid pin": "17",
  "pin tries exceeded": "18",
  "pin validation not possible": "19",
  fraud: "20",
  "not submitted": "21",
  "fraud-cancelled": "22",
  "transaction not permitted": "23",
  "cvc declined": "24",
  "restricted card": "25",
  "revocation of auth": "26",
  "declined non generic": "27",
  "withdrawal amount exceeded": "28",
  "withdrawal count exceeded": "29",
  "issuer suspected fraud": "31",
  "avs declined": "32",
};

/** The code of what a notification says; its own words where they are none of Adyen's. */
export function refusalCodeOf(words: string): string {
  return codes[words.trim().toLowerCase()] ?? words;
}
