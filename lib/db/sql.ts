// What a store needs of a database: one function that runs a statement. A pool, a transaction and Prisma's transaction all give it.
import type { PoolClient } from 'pg'

export interface Sql {
  /** Runs one statement with `$1`-style parameters and returns its rows. `int8` comes back as bigint, `date` as `YYYY-MM-DD`. */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** A transaction on one connection of ours; `client` is there for COPY. */
export interface Transaction extends Sql {
  readonly client: PoolClient
}
