// The id of a new org.

/** Ids start every key, so they stay short. */
const MAX_ID = 63

/**
 * A slug of a host or name, e.g. `example-okta-com` for `https://example.okta.com`; null when no letter or digit is in it.
 *
 * @param text origin of the org, or a name.
 */
export function makeOrgId(text: string): string | null {
  const slug = text
    .replace(/^https?:\/\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_ID)
    .replace(/^-|-$/g, '')
  return slug === '' ? null : slug
}
