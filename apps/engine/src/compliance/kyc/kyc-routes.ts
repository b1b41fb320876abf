/** A player's own verification over the public API: what is verified, what is missing, and documents. */
import { documentAnswer, documentBody, kycAnswer, vendorPageAnswer } from "@pitboss/domain/compliance/kyc/contract";
import { guard } from "../../edge/guard.ts";
import type { TypedServer } from "../../edge/http-server.ts";
import type { Authenticator } from "../../identity/authenticate.ts";
import { fromOf, ownAccountOf, sendPrivate } from "../../identity/player-account/account-request.ts";
import { playerActing } from "../../identity/player-account/player-deps.ts";
import { type KycDeps, presentOwnDocument, showOwnKyc, uploadDocument } from "./own-kyc.ts";
import { openVendorPage } from "./vendor/open-vendor-page.ts";
import type { VendorDeps } from "./vendor/pull-images.ts";

const tags = ["Verification"];
/** The largest document in base64, and the JSON around it. */
const bodyLimit = 12 * 1024 * 1024;

export function registerKycRoutes(server: TypedServer, deps: KycDeps & VendorDeps, authenticator: Authenticator): void {
  const forOwner = guard(authenticator, { account: true });

  server.get(
    "/v1/kyc",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "One's own verification",
        description: "The level, the case of the next one, and what it still takes.",
        operationId: "getKyc",
        response: { 200: kycAnswer },
      },
    },
    async (request, reply) => sendPrivate(reply, request, await showOwnKyc(deps, ownAccountOf(request).playerId)),
  );

  server.post(
    "/v1/kyc/documents",
    {
      onRequest: forOwner,
      bodyLimit,
      config: { problems: ["PLAYER_NOT_FOUND", "PLAYER_ERASED", "DOCUMENT_UNREADABLE", "CASE_STATE", "KYC_COMPLETE"] },
      schema: {
        tags,
        summary: "Give a document",
        description:
          "For the next level. With the last thing that was missing the case goes to a person; until they have decided it takes no more. The content is stored encrypted.",
        operationId: "uploadKycDocument",
        body: documentBody,
        response: { 200: documentAnswer },
      },
    },
    async (request, reply) => {
      const { playerId, sessionId } = ownAccountOf(request);
      const acting = playerActing(playerId, fromOf(request), sessionId);
      const content = Buffer.from(request.body.file, "base64");
      const uploaded = await uploadDocument(deps, acting, playerId, {
        kind: request.body.kind,
        issuedIn: request.body.issuedIn ?? null,
        content,
      });
      return sendPrivate(
        reply,
        request,
        uploaded.ok ? { ok: true, value: presentOwnDocument(uploaded.value) } : uploaded,
      );
    },
  );

  server.post(
    "/v1/kyc/vendor-page",
    {
      onRequest: forOwner,
      config: {
        problems: [
          "PLAYER_NOT_FOUND",
          "PLAYER_ERASED",
          "CASE_STATE",
          "KYC_COMPLETE",
          "KYC_VENDOR_ABSENT",
          "KYC_VENDOR_REFUSED",
          "KYC_VENDOR_UNAVAILABLE",
        ],
      },
      schema: {
        tags,
        summary: "Give documents at the verification vendor",
        description:
          "A page of the vendor's for the next level, open for half an hour. What is given there reaches the case by itself; a person of the house decides it.",
        operationId: "openKycVendorPage",
        response: { 200: vendorPageAnswer },
      },
    },
    async (request, reply) => {
      const { playerId, sessionId } = ownAccountOf(request);
      const acting = playerActing(playerId, fromOf(request), sessionId);
      return sendPrivate(reply, request, await openVendorPage(deps, acting, playerId));
    },
  );
}
