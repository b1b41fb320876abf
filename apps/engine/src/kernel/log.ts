import pino from "pino";

export type Logger = pino.Logger;

export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ["req.headers.authorization", "headers.authorization", "authorization", "token"],
  });
}
