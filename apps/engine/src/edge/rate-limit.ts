/**
 * How many requests may come in a while: of one player, and of one address where no token is shown. Keys of machines are
 * not counted, since a provider's bets stand for all its players. Counted in process, or in Redis for several engines
 * together; while Redis is away each engine counts for itself, so that its outage neither stops nor opens the doors.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Redis } from "ioredis";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Logger } from "../kernel/log.ts";
import { sendProblem } from "./problem.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Set on what is asked by machines of the house itself, such as a load balancer. */
    unlimited?: boolean;
  }
}

export type Counted = "player" | "address";

export interface RateLimit {
  /** Counts one request. Answers how long to wait, ms, where it was one too many; undefined where it may pass. */
  take(kind: Counted, name: string): Promise<number | undefined>;
  close(): void;
}

export interface RateLimitOptions {
  /** Requests in a window. */
  readonly limits: Readonly<Record<Counted, number>>;
  readonly redisUrl?: string | undefined;
  readonly log: Logger;
}

const windowSeconds = 10;
/** A Redis that has not answered by then is away, ms: a bet is not kept waiting for it. */
const patienceMs = 250;

export function createRateLimit({ limits, redisUrl, log }: RateLimitOptions): RateLimit {
  const redis = redisUrl === undefined ? undefined : connectRedis(redisUrl, log);
  const limiters: Readonly<Record<Counted, RateLimiterAbstract>> = {
    player: createLimiter("player", limits.player, redis),
    address: createLimiter("address", limits.address, redis),
  };
  return {
    async take(kind, name) {
      try {
        await limiters[kind].consume(name);
        return undefined;
      } catch (refused) {
        // What is thrown is either the count, or a fault of the store that counting in process has not made good.
        if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
        log.warn({ err: refused }, "requests could not be counted");
        return undefined;
      }
    },
    close: () => redis?.disconnect(),
  };
}

function createLimiter(kind: Counted, points: number, redis: Redis | undefined): RateLimiterAbstract {
  const options = { keyPrefix: `pitboss:rate:${kind}`, points, duration: windowSeconds };
  const inProcess = new RateLimiterMemory(options);
  if (redis === undefined) return inProcess;
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: inProcess,
    // Who has used up the window is refused without asking Redis again.
    inMemoryBlockOnConsumed: points,
  });
}

function connectRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    connectionName: "pitboss-rate-limit",
    commandTimeout: patienceMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(times * 50, 2_000),
  });
  let away = false;
  redis.on("error", (error: Error) => {
    // One line when it goes and one when it is back: in between an attempt to connect fails every two seconds.
    if (!away) log.warn({ err: error }, "Redis is away; requests are counted in process");
    away = true;
  });
  redis.on("ready", () => {
    if (away) log.info("Redis is back; requests are counted together again");
    away = false;
  });
  return redis;
}

/** Limits the routes that are registered behind it. It stands before the body is read and behind the guard. */
export function limitRequests(server: FastifyInstance, limit: RateLimit): void {
  server.addHook("preParsing", (request, reply, payload, done) => {
    const counted = countedAs(request);
    if (counted === undefined) {
      done(null, payload);
      return;
    }
    void limit.take(...counted).then((waitMs) => {
      if (waitMs === undefined) {
        done(null, payload);
        return;
      }
      reply.header("retry-after", String(Math.max(1, Math.ceil(waitMs / 1_000))));
      sendProblem(reply, { code: "RATE_LIMITED" }, request.traceId);
    });
  });
}

function countedAs({ principal, routeOptions, ip }: FastifyRequest): [Counted, string] | undefined {
  if (routeOptions.config.unlimited === true || principal?.kind === "machine") return undefined;
  return principal === undefined ? ["address", ip] : ["player", principal.playerId.toString()];
}
