// One structured line per request, page or job on standard error. Never tokens, never raw events.
import pino from 'pino'

/** The process-wide logger; `LOG_LEVEL` sets how much it says. */
export const logger = pino(
  {
    level: process.env.LOG_LEVEL ?? 'info',
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['authorization', 'cookie', 'token', 'password', 'privateKey'], censor: '[redacted]' },
  },
  pino.destination(2),
)
