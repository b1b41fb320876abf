/**
 * A service that speaks MaxMind's GeoIP Insights: one address a request. It knows the addresses that documentation may use
 * (RFC 5737): 198.51.100.0/26 are a VPN's, .64/26 proxies, .128/26 exits of Tor, .192/26 a data centre's. Others are as they
 * were told to it.
 */
import { timingSafeEqual } from "node:crypto";
import { type AddressInfo, type BlockList, isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyReply } from "fastify";
import { z } from "zod";
import { createFaults, type FaultSettings, faultSettings } from "../../cashier/simulators/faults.ts";
import { openJournal } from "../../cashier/simulators/journal.ts";
import { hasAddress, inner, readNetworks } from "../../risk/geo/networks.ts";
import type { SimulatedService } from "./simulated-sumsub.ts";

export interface SimulatedMaxmindOptions {
  readonly port: number;
  readonly accountId: string;
  readonly licenseKey: string;
  /** The file that what it was told is kept in. */
  readonly journal: string;
  readonly faults?: Partial<FaultSettings>;
}

const kinds = ["VPN", "PROXY", "TOR", "HOSTING", "NO"] as const;
type Kind = (typeof kinds)[number];

const told = z.strictObject({ ip: z.union([z.ipv4(), z.ipv6()]), kind: z.enum(kinds) });

/** As the service writes them: what is not so is left out. */
const traits: Readonly<Record<Kind, object>> = {
  VPN: { is_anonymous: true, is_anonymous_vpn: true },
  PROXY: { is_anonymous: true, is_public_proxy: true },
  TOR: { is_anonymous: true, is_tor_exit_node: true },
  HOSTING: { is_anonymous: true, is_hosting_provider: true },
  NO: {},
};

const networks: readonly (readonly [Kind, BlockList])[] = [
  ["VPN", readNetworks("198.51.100.0/26")],
  ["PROXY", readNetworks("198.51.100.64/26")],
  ["TOR", readNetworks("198.51.100.128/26")],
  ["HOSTING", readNetworks("198.51.100.192/26")],
];

export async function startSimulatedMaxmind(options: SimulatedMaxmindOptions): Promise<SimulatedService> {
  const server = Fastify({ forceCloseConnections: true });
  const faults = createFaults(faultSettings.parse(options.faults ?? {}));
  const addresses = openJournal<{ readonly id: string; readonly kind: Kind }>(options.journal);
  const credentials = Buffer.from(`${options.accountId}:${options.licenseKey}`).toString("base64");
  const authorized = Buffer.from(`Basic ${credentials}`);
  let asked = 0;

  server.get<{ Params: { ip: string } }>("/geoip/v2.1/insights/:ip", async (request, reply) => {
    asked += 1;
    await sleep(faults.settings.answerDelayMs);
    if (faults.strikes("lostAnswer")) return request.raw.socket.destroy();
    if (faults.strikes("fail")) return refuse(reply, 503, "SERVICE_UNAVAILABLE", "The service is not available.");
    const given = Buffer.from(request.headers.authorization ?? "");
    if (given.length !== authorized.length || !timingSafeEqual(given, authorized)) {
      return refuse(reply, 401, "AUTHORIZATION_INVALID", "Your account ID or license key could not be authenticated.");
    }
    const { ip } = request.params;
    if (isIP(ip) === 0) return refuse(reply, 400, "IP_ADDRESS_INVALID", `The value ${ip} is not a valid IP address.`);
    if (hasAddress(inner, ip)) return refuse(reply, 400, "IP_ADDRESS_RESERVED", `${ip} is a reserved IP address.`);
    const kind = addresses.byId(ip)?.kind ?? networks.find(([, list]) => hasAddress(list, ip))?.[0] ?? "NO";
    return reply
      .type("application/vnd.maxmind.com-insights+json; charset=UTF-8; version=2.1")
      .send(JSON.stringify({ traits: { ip_address: ip, ...traits[kind] }, maxmind: { queries_remaining: 100_000 } }));
  });
  server.put<{ Body: unknown }>("/_simulator/addresses", (request) => {
    const { ip, kind } = told.parse(request.body);
    addresses.add({ id: ip, kind });
    return { ip, kind };
  });
  server.get("/_simulator/asked", () => ({ asked }));
  server.get("/_simulator/faults", () => faults.settings);
  server.put<{ Body: unknown }>("/_simulator/faults", (request) => {
    faults.settings = faultSettings.parse(request.body);
    return faults.settings;
  });

  await server.listen({ host: "127.0.0.1", port: options.port });
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    stop: () => server.close(),
  };
}

function refuse(reply: FastifyReply, status: number, code: string, error: string): FastifyReply {
  return reply
    .code(status)
    .type("application/vnd.maxmind.com-error+json; charset=UTF-8; version=2.0")
    .send(JSON.stringify({ code, error }));
}
