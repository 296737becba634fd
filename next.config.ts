import type { NextConfig } from 'next'

const config: NextConfig = {
  // Native or self-loading packages: bundling them breaks their own file look-ups.
  serverExternalPackages: ['@node-rs/argon2', 'pg', 'pino', '@prisma/client', '@prisma/adapter-pg'],
  poweredByHeader: false,
  // Next's own redirect would leave before proxy.ts puts the security headers on it.
  skipTrailingSlashRedirect: true,
  typescript: { ignoreBuildErrors: false },
}

export default config
