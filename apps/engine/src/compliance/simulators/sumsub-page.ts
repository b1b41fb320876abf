/** The vendor's page for players, and what a test says to it in their stead. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Journal } from "../../cashier/simulators/journal.ts";
import { drawSpecimen } from "../../demo/specimen-document.ts";
import { type Applicant, type Outcome, outcomes, type Reviews } from "./sumsub-reviews.ts";

const documents = ["PASSPORT", "ID_CARD", "DRIVERS", "UTILITY_BILL", "INCOME_SOURCE", "SELFIE"] as const;
const sentences: Readonly<Record<Outcome, string>> = {
  valid: "The vendor accepts it",
  blurred: "It can't be read",
  forged: "It is forged",
  "forged-later": "The vendor accepts it, and finds out later that it is forged",
};

const outcome = z.enum(Object.keys(outcomes) as [Outcome, ...Outcome[]]);
const country = z.string().regex(/^[A-Z]{3}$/);
const form = z.object({
  document: z.enum(documents),
  outcome,
  validUntil: z.iso.date().or(z.literal("")).optional(),
  country: country.or(z.literal("")).optional(),
});
const toldByTest = z.strictObject({
  images: z
    .array(
      z.strictObject({
        idDocType: z.string(),
        content: z.base64(),
        validUntil: z.iso.date().optional(),
        country: country.optional(),
      }),
    )
    .optional(),
  submit: outcome.optional(),
  verdict: z
    .strictObject({
      reviewAnswer: z.enum(["GREEN", "RED"]),
      reviewRejectType: z.enum(["RETRY", "FINAL"]).optional(),
      rejectLabels: z.array(z.string()).optional(),
      clientComment: z.string().optional(),
      at: z.number().optional(),
    })
    .optional(),
});

export function registerPlayerPage(server: FastifyInstance, applicants: Journal<Applicant>, reviews: Reviews): void {
  const find = (link: string) => applicants.find((one) => one.link === link && (one.linkUntil ?? 0) > Date.now());

  server.get<{ Params: { link: string } }>("/websdk/:link", (request, reply) => {
    const found = find(request.params.link);
    return found === undefined ? gone(reply) : sendPage(reply, renderForm(found));
  });
  server.post<{ Params: { link: string }; Body: Buffer }>("/websdk/:link", (request, reply) => {
    const found = find(request.params.link);
    if (found === undefined) return gone(reply);
    const chosen = form.parse(Object.fromEntries(new URLSearchParams(request.body.toString())));
    const content = drawSpecimen(found.images.length).toString("base64");
    const validUntil = chosen.validUntil === "" ? undefined : chosen.validUntil;
    const issuer = chosen.country === "" ? undefined : chosen.country;
    reviews.addImage(found, { idDocType: chosen.document, content, validUntil, country: issuer });
    reviews.submit(found, chosen.outcome);
    return sendPage(reply, "<p>Thank you. The documents are being looked at.</p>");
  });
  server.post<{ Params: { id: string }; Body: Buffer }>("/_simulator/applicants/:id", (request, reply) => {
    const found = applicants.find(({ id, externalUserId }) => [id, externalUserId].includes(request.params.id));
    if (found === undefined) return gone(reply);
    const { images = [], submit, verdict } = toldByTest.parse(JSON.parse(request.body.toString()));
    for (const image of images) reviews.addImage(found, image);
    if (submit !== undefined) reviews.submit(found, submit);
    if (verdict !== undefined) {
      const { at, ...result } = verdict;
      reviews.conclude(found, result as Parameters<Reviews["conclude"]>[1], at);
    }
    return reply.send({ id: found.id });
  });
}

function gone(reply: FastifyReply): FastifyReply {
  return reply.code(404).send("This link is not open.");
}

function sendPage(reply: FastifyReply, body: string): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .send(`<!doctype html><html lang="en"><title>Simulated verification</title><h1>Simulated verification</h1>${body}`);
}

function renderForm({ levelName }: Applicant): string {
  const choices = documents.map((name) => `<option>${name}</option>`).join("");
  const buttons = Object.entries(sentences)
    .map(([value, text]) => `<p><button name="outcome" value="${value}">${text}</button></p>`)
    .join("");
  return `<form method="post"><p>Level ${levelName.replace(/[<>&"]/g, "")}</p>
    <p><label>Document <select name="document">${choices}</select></label></p>
    <p><label>Valid until <input type="date" name="validUntil"></label></p>
    <p><label>Issued in <input name="country" placeholder="MLT" pattern="[A-Z]{3}" size="3"></label></p>${buttons}</form>`;
}
