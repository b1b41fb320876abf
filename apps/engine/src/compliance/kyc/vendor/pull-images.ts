/** Fetches what lies at the vendor and not yet here, and seals it in the house's own vault. */
import { findCase, type KycDocument, listDocuments, nextDocumentId } from "@pitboss/db/compliance/kyc-store";
import type { KycApplicant } from "@pitboss/db/compliance/kyc-vendor-store";
import { detectDocumentType } from "@pitboss/domain/compliance/kyc/document-content";
import { kindOfVendorDocument } from "@pitboss/domain/compliance/kyc/vendor-review";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { storeDocument } from "../document-vault.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import type { KycVendor, VendorApplicant } from "./kyc-vendor.ts";

export type VendorDeps = Pick<StaffDeps, "db" | "clock" | "log" | "players" | "objects" | "kycVendor">;

export interface PulledDocument extends KycDocument {
  readonly vendorImage: string;
}

/**
 * Documents as they are to be written. Their content lies in the object store already: where the row is not written after
 * all, because another delivery was faster, the object is nobody's.
 */
export async function pullImages(
  deps: VendorDeps,
  vendor: KycVendor,
  { caseId }: Pick<KycApplicant, "caseId">,
  { inspection, images }: VendorApplicant,
): Promise<Result<readonly PulledDocument[]>> {
  const { db, clock } = deps;
  const found = await findCase(db, caseId);
  if (found === undefined) return err("CASE_NOT_FOUND");
  const key = await deps.players.profileKey(db, found.playerId);
  if (key === undefined) return err("PLAYER_ERASED");
  const known = new Set((await listDocuments(db, caseId)).map(({ vendorImage }) => vendorImage));
  const pulled: PulledDocument[] = [];
  for (const { image, documentType, validUntil, issuedIn } of images) {
    // Selfies and the like stay at the vendor: the house has no use for them, and what is not here can't be lost here.
    const kind = kindOfVendorDocument(documentType);
    if (kind === undefined || known.has(image)) continue;
    const content = await vendor.readImage(inspection, image);
    if (!content.ok) return content;
    const contentType = detectDocumentType(content.value);
    if (contentType === undefined) {
      deps.log.warn({ caseId: caseId.toString(), image }, "an image of the vendor's is no document");
      continue;
    }
    const id = await nextDocumentId(db);
    const object = await storeDocument(deps, key, id, content.value);
    const uploadedAt = new Date(clock.now());
    const bytes = content.value.length;
    pulled.push({
      ...{ id, caseId, kind, contentType, bytes, keyId: key.rowId, object, uploadedAt, validUntil, issuedIn },
      vendorImage: image,
    });
  }
  return ok(pulled);
}
