import type { DocumentKind } from "@pitboss/domain/compliance/kyc/case-machine";
import type { DocumentType } from "@pitboss/domain/compliance/kyc/document-content";
import { date, integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const kycDocuments = pgTable("kyc_documents", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  caseId: id64("case_id").notNull(),
  kind: text("kind").$type<DocumentKind>().notNull(),
  contentType: text("content_type").$type<DocumentType>().notNull(),
  bytes: integer("bytes").notNull(),
  keyId: id64("key_id").notNull(),
  object: text("object").notNull(),
  uploadedAt: instant("uploaded_at").notNull().defaultNow(),
  vendorImage: text("vendor_image"),
  validUntil: date("valid_until", { mode: "string" }),
  issuedIn: text("issued_in"),
});
