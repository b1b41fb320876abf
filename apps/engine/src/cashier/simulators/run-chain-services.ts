/** The simulated custodian, analyst and gateway of the demo, and what the engine is to know of them. */
import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { PspFile } from "../psp/read-psps.ts";
import type { FaultSettings } from "./faults.ts";
import { startSimulatedFireblocks } from "./fireblocks/simulated-fireblocks.ts";
import { startSimulatedAnalyst } from "./kyt/simulated-analyst.ts";
import type { SimulatedPsp } from "./serve.ts";
import { startSimulatedGateway } from "./travel/simulated-gateway.ts";

export interface ChainServices {
  readonly settings: Pick<PspFile, "custodians" | "kyt" | "travelRule">;
  readonly running: readonly SimulatedPsp[];
}

interface Wish {
  readonly kept: Partial<PspFile>;
  readonly engineUrl: string;
  readonly dataDir: string;
  readonly faults: Partial<FaultSettings>;
  /** How often a block comes on the simulated chains, ms. */
  readonly blockMs: number;
}

const hotVault = "0";

export async function runChainServices({ kept, engineUrl, dataDir, faults, blockMs }: Wish): Promise<ChainServices> {
  const secret = (): string => randomBytes(24).toString("base64url");
  const analystToken = kept.kyt?.token ?? secret();
  const analyst = await again(portOf(kept.kyt?.url), (port) =>
    startSimulatedAnalyst({ port, faults: {}, token: analystToken }),
  );
  const gatewayToken = kept.travelRule?.token ?? secret();
  const gateway = await again(portOf(kept.travelRule?.url), (port) =>
    startSimulatedGateway({ port, faults: {}, token: gatewayToken }),
  );
  const known = kept.custodians?.find(({ code }) => code === "fireblocks");
  const apiKey = known?.apiKey ?? randomUUID();
  const privateKey = known?.privateKey ?? makeKey();
  const custodian = await again(portOf(known?.url), (port) =>
    startSimulatedFireblocks({
      port,
      apiKey,
      privateKey,
      hotVault,
      blockMs,
      faults,
      webhookUrl: `${engineUrl}/v1/webhooks/fireblocks`,
      journal: join(dataDir, "simulators", "fireblocks.jsonl"),
      // A real analyst reads the chain; this one is told who sent what.
      onIncoming: ({ txHash, sourceAddress }) => {
        const url = `${analyst.url}/_simulator/transfers/${txHash ?? ""}`;
        const body = JSON.stringify({ source: sourceAddress });
        void fetch(url, { method: "PUT", headers: { "content-type": "application/json" }, body }).catch(
          () => undefined,
        );
      },
    }),
  );
  return {
    settings: {
      custodians: [
        {
          code: "fireblocks",
          name: "Fireblocks (simulated)",
          adapter: "fireblocks",
          url: custodian.url,
          apiKey,
          privateKey,
          jwksUrl: `${custodian.url}/.well-known/jwks.json`,
          hotVault,
        },
      ],
      kyt: { code: "chainalysis", url: analyst.url, token: analystToken },
      travelRule: { code: "gateway", url: gateway.url, token: gatewayToken },
    },
    running: [custodian, analyst, gateway],
  };
}

function makeKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3_072 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

function portOf(url: string | undefined): number {
  return url === undefined ? 0 : Number(new URL(url).port);
}

/** Where the port of the last time is taken, any free one will do. */
function again(port: number, start: (port: number) => Promise<SimulatedPsp>): Promise<SimulatedPsp> {
  return port === 0 ? start(0) : start(port).catch(() => start(0));
}
