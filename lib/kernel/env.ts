// Settings from the environment, parsed once. A wrong setting stops the program with one line per mistake.
import path from 'node:path'
import { z } from 'zod'

const wholeNumber = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback)
const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional()

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  /** PostgreSQL 15 or newer; unset means the embedded one. */
  DATABASE_URL: optionalText.refine((url) => url === undefined || /^postgres(ql)?:\/\//.test(url), {
    message: 'must start with postgresql://',
  }),
  /** Folder of everything we keep on disk. */
  SALLYPORT_DATA: optionalText,
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  /** Address under which browsers reach us, e.g. `https://sallyport.example.com`; default is http://localhost:PORT. */
  SALLYPORT_URL: optionalText.refine((url) => url === undefined || URL.canParse(url), { message: 'must be a URL' }),
  /** Signs sessions; made and kept in the data folder when unset. */
  SALLYPORT_SECRET: optionalText.refine((text) => text === undefined || text.length >= 32, {
    message: 'must have at least 32 characters',
  }),
  OKTA_ORG_URL: optionalText,
  OKTA_API_TOKEN: optionalText,
  OKTA_CLIENT_ID: optionalText,
  /** PEM or JWK, or the path of a file that holds one. */
  OKTA_PRIVATE_KEY: optionalText,
  OKTA_KEY_ID: optionalText,
  /** Set by npm start when it runs the simulated Okta org; every page then says that the data are a demo. */
  SALLYPORT_SIMULATED: z
    .enum(['0', '1'])
    .default('0')
    .transform((flag) => flag === '1'),
  /** Pause between polls when no full page waits, seconds. */
  POLL_INTERVAL_SECONDS: wholeNumber(15, 1, 3600),
  /** How far back the first poll starts, days. Okta keeps 90. */
  BACKFILL_DAYS: wholeNumber(90, 0, 180),
  /** Events older than this are dropped by whole months; what signals cite is kept. */
  RETENTION_DAYS: wholeNumber(400, 30, 3650),
  /** Hosts of feeds and look-up providers that may be internal and be asked over plain http: `name` or `name:port`, with commas between. */
  FEED_ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .toLowerCase()
        .split(',')
        .map((host) => host.trim())
        .filter((host) => host !== ''),
    )
    .refine((hosts) => hosts.every((host) => /^([a-z0-9._-]+|\[?[0-9a-f:.]+\]?)(:\d{1,5})?$/.test(host)), {
      message: 'must be names of hosts, each with :port if you like, with commas between; no https://, no path',
    }),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Env = z.infer<typeof Environment> & { dataDir: string }

/**
 * Parses settings from a map of variables.
 *
 * @throws Error whose message has one line per wrong variable: its name, what is wrong, what is wanted.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const parsed = Environment.safeParse(variables)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`Wrong settings in the environment:\n${lines.join('\n')}`)
  }
  return { ...parsed.data, dataDir: path.resolve(/* turbopackIgnore: true */ parsed.data.SALLYPORT_DATA ?? '.data') }
}

let current: Env | undefined

/** The settings of this process. */
export function env(): Env {
  return (current ??= parseEnv(process.env))
}
