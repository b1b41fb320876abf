/**
 * How the receiver's provider is told who sends and who receives: a port. It takes a message once under its id, and says
 * sooner or later whether it takes the transfer.
 */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { z } from "zod";
import { callProvider } from "../psp/call.ts";

export interface TravelMessageOut {
  /** The house's id of it; the same message again is the same one. */
  readonly messageId: string;
  readonly counterparty: string;
  readonly asset: string;
  /** Decimal. */
  readonly amount: string;
  readonly address: string;
  /** Originator, beneficiary and their providers. */
  readonly ivms101: JsonObject;
}

export type TravelAnswer =
  | { readonly kind: "accepted"; readonly reference: string }
  | { readonly kind: "rejected"; readonly reference: string; readonly why: string }
  | { readonly kind: "pending"; readonly reference: string }
  | { readonly kind: "unanswered"; readonly why: string };

export interface TravelWire {
  readonly code: string;
  tell(message: TravelMessageOut): Promise<TravelAnswer>;
}

const answer = z.object({
  id: z.string().min(1).max(200),
  status: z.enum(["PENDING", "ACCEPTED", "REJECTED"]),
  reason: z.string().nullish(),
});

/** A gateway between providers over HTTP: the message is put under the house's id, so that telling twice is telling once. */
export function createTravelGateway(settings: {
  readonly code: string;
  readonly url: string;
  readonly token: string;
}): TravelWire {
  const base = settings.url.replace(/\/$/, "");
  return {
    code: settings.code,
    async tell({ messageId, counterparty, asset, amount, address, ivms101 }) {
      const reply = await callProvider({
        url: `${base}/v1/transfers/${encodeURIComponent(messageId)}`,
        method: "PUT",
        headers: { authorization: `Bearer ${settings.token}`, "content-type": "application/json" },
        body: JSON.stringify({ counterparty, asset, amount, destination: address, ivms101 }),
      });
      if ("away" in reply) return { kind: "unanswered", why: reply.away };
      const read = answer.safeParse(reply.body);
      if ((reply.status !== 200 && reply.status !== 202) || !read.success) {
        return { kind: "unanswered", why: `The gateway answered ${reply.status}.` };
      }
      const { id: reference, status, reason } = read.data;
      switch (status) {
        case "PENDING":
          return { kind: "pending", reference };
        case "ACCEPTED":
          return { kind: "accepted", reference };
        case "REJECTED":
          return { kind: "rejected", reference, why: reason ?? "no reason was given" };
      }
    },
  };
}
