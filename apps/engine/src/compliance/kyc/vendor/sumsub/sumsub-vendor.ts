/** Sumsub's API (https://docs.sumsub.com/reference): applicants, their images, links for players, webhooks. */
import type { VerifiedLevel } from "@pitboss/domain/compliance/kyc/case-machine";
import { mostDocumentBytes } from "@pitboss/domain/compliance/kyc/document-content";
import { readVendorTime, vendorWebhook } from "@pitboss/domain/compliance/kyc/vendor-review";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { iso1A2Code } from "@rapideditor/country-coder";
import { z } from "zod";
import type { KycVendor, ReadWebhook, VendorNews, VendorVerdict } from "../kyc-vendor.ts";
import type { KycVendorSettings } from "../read-kyc-vendor.ts";
import { checkDigest, signRequest } from "./sumsub-signature.ts";

/** How long an answer is waited for before it counts as none, ms. */
const answerWithinMs = 10_000;

const reviewResult = vendorWebhook.shape.reviewResult;
const applicantAnswer = z.object({
  id: z.string(),
  inspectionId: z.string(),
  review: z.object({ reviewStatus: z.string(), reviewDate: z.string().nullish(), reviewResult }).nullish(),
  info: z
    .object({ idDocs: z.array(z.object({ idDocType: z.string(), validUntil: z.iso.date().nullish() })).nullish() })
    .nullish(),
});
const imagesAnswer = z.object({
  items: z.array(
    z.object({
      id: z.union([z.string(), z.number()]).transform(String),
      deactivated: z.boolean().nullish(),
      idDocDef: z.object({ idDocType: z.string(), country: z.string().nullish() }),
    }),
  ),
});

export function createSumsubVendor(settings: KycVendorSettings): KycVendor {
  const base = settings.url.replace(/\/$/, "");

  async function call(method: "GET" | "POST", path: string, content?: object): Promise<Result<Buffer>> {
    const body = content === undefined ? "" : JSON.stringify(content);
    const ts = String(Math.floor(Date.now() / 1_000));
    const headers = {
      "x-app-token": settings.appToken,
      "x-app-access-ts": ts,
      "x-app-access-sig": signRequest({ ts, method, path, body }, settings.secretKey),
      ...(content === undefined ? {} : { "content-type": "application/json" }),
    };
    try {
      const signal = AbortSignal.timeout(answerWithinMs);
      const response = await fetch(base + path, { method, headers, signal, ...(body === "" ? {} : { body }) });
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.ok) return ok(bytes);
      const detail = `${settings.name} answered ${response.status}: ${bytes.toString().slice(0, 300)}`;
      const later = response.status >= 500 || response.status === 429;
      return err(later ? "KYC_VENDOR_UNAVAILABLE" : "KYC_VENDOR_REFUSED", detail, { status: response.status });
    } catch (error) {
      return err("KYC_VENDOR_UNAVAILABLE", error instanceof Error ? error.message : String(error));
    }
  }

  async function ask<S extends z.ZodType>(
    schema: S,
    method: "GET" | "POST",
    path: string,
    content?: object,
  ): Promise<Result<z.infer<S>>> {
    const answer = await call(method, path, content);
    return answer.ok ? understand(schema, answer.value) : answer;
  }

  const byExternalId = (id: string) => `/resources/applicants/-;externalUserId=${encodeURIComponent(id)}/one`;
  const idAnswer = z.object({ id: z.string().min(1) });

  return {
    name: settings.name,
    keptHeaders: ["x-payload-digest", "x-payload-digest-alg", "user-agent"],
    levelName: (level: VerifiedLevel) => settings.levels[`${level}`],
    async openApplicant(externalId, levelName) {
      const path = `/resources/applicants?levelName=${encodeURIComponent(levelName)}`;
      const made = await ask(idAnswer, "POST", path, { externalUserId: externalId });
      // A call whose answer was lost has made it: then it says that there is one.
      const found =
        !made.ok && made.error.data?.["status"] === 409 ? await ask(idAnswer, "GET", byExternalId(externalId)) : made;
      return found.ok ? ok(found.value.id) : found;
    },
    async openPage(externalId, levelName, seconds) {
      const content = { levelName, userId: externalId, ttlInSecs: seconds };
      const made = await ask(
        z.object({ url: z.url() }),
        "POST",
        "/resources/sdkIntegrations/levels/-/websdkLink",
        content,
      );
      return made.ok ? ok(made.value.url) : made;
    },
    async readApplicant(applicant) {
      const path = `/resources/applicants/${encodeURIComponent(applicant)}`;
      const one = await ask(applicantAnswer, "GET", `${path}/one`);
      if (!one.ok) return one;
      const images = await ask(imagesAnswer, "GET", `${path}/metadata/resources`);
      if (!images.ok) return images;
      const { review, inspectionId, info } = one.value;
      const valid = new Map(info?.idDocs?.map(({ idDocType, validUntil }) => [idDocType, validUntil ?? null]));
      const at = review?.reviewDate == null ? undefined : readVendorTime(review.reviewDate);
      const final = review?.reviewStatus === "completed" && at !== undefined;
      return ok({
        inspection: inspectionId,
        images: images.value.items
          .filter(({ deactivated }) => deactivated !== true)
          .map(({ id, idDocDef: { idDocType, country } }) => {
            return {
              image: id,
              documentType: idDocType,
              validUntil: valid.get(idDocType) ?? null,
              issuedIn: readCountry(country),
            };
          }),
        verdict: final ? readVerdict(review.reviewResult, at) : null,
      });
    },
    async readImage(inspection, image) {
      const path = `/resources/inspections/${encodeURIComponent(inspection)}/resources/${encodeURIComponent(image)}`;
      const answer = await call("GET", path);
      if (answer.ok && answer.value.length > mostDocumentBytes) return err("DOCUMENT_UNREADABLE");
      return answer;
    },
    readWebhook: (body, headers) => readWebhook(settings, body, headers),
    readNews,
  };
}

function understand<S extends z.ZodType>(schema: S, bytes: Buffer): Result<z.infer<S>> {
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return ok(parsed.data);
  return err("KYC_VENDOR_REFUSED", `The vendor's answer is not understood: ${parsed.error.issues[0]?.message ?? ""}`);
}

/** The vendor names countries by three letters. */
function readCountry(code: string | null | undefined): string | null {
  return code == null ? null : iso1A2Code(code, { level: "territory" });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

function readWebhook(
  { webhookSecrets }: KycVendorSettings,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): ReadWebhook {
  const forged = checkDigest(body, headers, webhookSecrets);
  if (forged !== undefined) return { kind: "forged", why: forged };
  const parsed = vendorWebhook.safeParse(parseJson(body));
  if (!parsed.success) return { kind: "unreadable", why: parsed.error.issues[0]?.message ?? "It is no event." };
  const { type, applicantId, createdAtMs, reviewResult: result } = parsed.data;
  // The vendor gives events no id of their own.
  return { kind: "event", type, key: [applicantId, type, createdAtMs, result?.reviewAnswer ?? ""].join("|") };
}

function readNews(body: Buffer): VendorNews | undefined {
  const parsed = vendorWebhook.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  const { type, applicantId, createdAtMs, reviewStatus, reviewResult: result } = parsed.data;
  const at = readVendorTime(createdAtMs);
  if (at === undefined) return undefined;
  const final = type === "applicantReviewed" && (reviewStatus ?? "completed") === "completed";
  return { applicant: applicantId, type, verdict: final ? readVerdict(result, at) : null };
}

function readVerdict(result: z.infer<typeof reviewResult>, at: Date): VendorVerdict | null {
  if (result == null) return null;
  return {
    at,
    answer: result.reviewAnswer,
    rejectType: result.reviewAnswer === "RED" ? (result.reviewRejectType ?? null) : null,
    labels: result.rejectLabels ?? [],
    houseComment: result.clientComment ?? null,
    playerComment: result.moderationComment ?? null,
  };
}
