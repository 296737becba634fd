// What a feed is there for.
import { intentOf, type Category, type FeedRole, type Intent } from '../model'

/** A list of good addresses and zones clears; cloud ranges do neither. */
export function roleOf(feed: { format: string; category: Category; intent: Intent | null }): FeedRole {
  if (feed.format === 'okta_zones' || intentOf(feed.category, feed.intent) === 'benign') return 'allow'
  return feed.category === 'cloud' ? 'context' : 'threat'
}
