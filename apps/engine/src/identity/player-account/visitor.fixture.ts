/** A casino that players find by themselves: visitors with an address and a browser each, and the mails that they get. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "@pitboss/domain/kernel/result";
import type { Answer, Casino } from "../../testing/start-casino.ts";

/** The engine that these tests start believes what the connection's other end says about who calls. */
export const behindProxy = { TRUSTED_PROXIES: "127.0.0.1" };

export const goodPassword = "violet kettle orbit lantern";

export interface Visitor {
  readonly ip: string;
  call(method: string, path: string, options?: { token?: string; body?: unknown }): Promise<Answer>;
}

export function visitor(casino: Casino, ip: string, agent = "test browser"): Visitor {
  const headers = { "x-forwarded-for": ip, "user-agent": agent };
  return { ip, call: (method, path, options = {}) => casino.call(method, path, { ...options, headers }) };
}

export function application(email: string, fields: Record<string, unknown> = {}) {
  return {
    email,
    password: goodPassword,
    firstName: "Grace",
    lastName: "Quill",
    birthDate: "1990-04-05",
    address: "1 Mill Lane, Valletta",
    country: "MT",
    ...fields,
  };
}

export interface ReadMail {
  readonly subject: string;
  readonly text: string;
  /** The token that it carries; empty where it carries none. */
  readonly token: string;
}

/** The mails to an address, oldest first, once there are at least so many. */
export async function mailsTo(casino: Casino, address: string, atLeast = 1): Promise<ReadMail[]> {
  for (let tries = 0; tries < 400; tries += 1) {
    const mails = await readMails(casino.dataDir, address);
    if (mails.length >= atLeast) return mails;
    await sleep(25);
  }
  throw new Error(`fewer than ${atLeast} mails came to ${address}`);
}

export async function lastMail(casino: Casino, address: string, atLeast = 1): Promise<ReadMail> {
  const mail = (await mailsTo(casino, address, atLeast)).at(-1);
  assert(mail !== undefined, "there is a mail");
  return mail;
}

async function readMails(dataDir: string, address: string): Promise<ReadMail[]> {
  const folder = join(dataDir, "mail");
  const names = await readdir(folder).catch(() => []);
  const mails: ReadMail[] = [];
  for (const name of names.filter((one) => one.endsWith(".eml")).sort()) {
    const text = await readFile(join(folder, name), "utf8");
    if (!text.includes(`\r\nTo: ${address}\r\n`)) continue;
    mails.push({
      subject: /^Subject: (.*)$/m.exec(text)?.[1]?.trim() ?? "",
      text,
      token: /ppl_[A-Za-z0-9_-]+/.exec(text)?.[0] ?? "",
    });
  }
  return mails;
}

export interface SignedInVisitor {
  readonly playerId: string;
  readonly sessionId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly deviceToken: string;
}

/** Registers, proves the address and signs in. */
export async function joinCasino(casino: Casino, who: Visitor, email: string): Promise<SignedInVisitor> {
  await register(casino, who, email);
  return signIn(who, email);
}

/** Registers and proves the address. */
export async function register(casino: Casino, who: Visitor, email: string): Promise<void> {
  const asked = await who.call("POST", "/v1/players", { body: application(email) });
  assert(asked.status === 202, `a registration was refused: ${JSON.stringify(asked.body)}`);
  const { token } = await lastMail(casino, email);
  const proven = await who.call("POST", "/v1/email-verifications/confirm", { body: { token } });
  assert(proven.status === 204, `an address was not proven: ${JSON.stringify(proven.body)}`);
}

export async function signIn(
  who: Visitor,
  email: string,
  fields: { password?: string; deviceToken?: string } = {},
): Promise<SignedInVisitor> {
  const body = { email, password: goodPassword, ...fields };
  const answer = await who.call("POST", "/v1/sessions", { body });
  assert(answer.status === 201, `a sign-in was refused: ${JSON.stringify(answer.body)}`);
  return answer.body as unknown as SignedInVisitor;
}
