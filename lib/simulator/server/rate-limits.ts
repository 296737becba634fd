// Buckets of a minute, shared by everybody who calls the same kind of endpoint, and each principal's share of them.

interface Window {
  beganAt: number
  used: number
}

export interface RateVerdict {
  isAllowed: boolean
  headers: Record<string, string>
}

const WINDOW_MS = 60_000

export class RateLimits {
  private readonly windows = new Map<string, Window>()

  /**
   * @param perMinute requests a minute of a bucket, for the whole org
   * @param sharePercent how much of a bucket one token or app may use
   */
  constructor(
    public perMinute: number,
    private readonly sharePercent: number,
  ) {}

  /** Counts a request. The headers tell the tighter of the two limits. @param now ms since 1970 */
  count(bucket: string, principal: string, now: number): RateVerdict {
    const org = this.spend(bucket, this.perMinute, now)
    const own = this.spend(
      `${bucket} ${principal}`,
      Math.max(1, Math.floor((this.perMinute * this.sharePercent) / 100)),
      now,
    )
    const tighter = own.limit - own.used < org.limit - org.used ? own : org
    return {
      isAllowed: org.used <= org.limit && own.used <= own.limit,
      headers: {
        'x-rate-limit-limit': String(tighter.limit),
        'x-rate-limit-remaining': String(Math.max(0, tighter.limit - tighter.used)),
        'x-rate-limit-reset': String(Math.ceil((tighter.beganAt + WINDOW_MS) / 1000)),
      },
    }
  }

  private spend(name: string, limit: number, now: number): Window & { limit: number } {
    let window = this.windows.get(name)
    if (!window || now >= window.beganAt + WINDOW_MS) {
      window = { beganAt: now, used: 0 }
      this.windows.set(name, window)
    }
    window.used++
    return { ...window, limit }
  }
}

/** Which bucket a path draws from. */
export function bucketOf(path: string): string {
  const [, , , collection = ''] = path.split('/')
  return path.startsWith('/api/v1/') ? collection : path
}
