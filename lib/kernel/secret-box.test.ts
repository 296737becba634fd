import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** Under a secret of its own; settings are read once per process, so the module is loaded anew. */
async function boxOf(secret: string) {
  vi.stubEnv('SALLYPORT_SECRET', secret)
  vi.resetModules()
  return import('./secret-box')
}

let box: Awaited<ReturnType<typeof boxOf>>
beforeEach(async () => (box = await boxOf('one secret of a test installation')))
afterEach(() => vi.unstubAllEnvs())

describe('a sealed text', () => {
  it.each(['', 'k', 'Grüße 🗝 \0', 'x'.repeat(10_000)])('comes back as it was', (text) => {
    expect(box.unseal(box.seal(text))).toBe(text)
  })

  it('names its version, shows nothing of the text, and is another each time', () => {
    const [one, other] = [box.seal('example-key'), box.seal('example-key')]
    expect(one).toMatch(/^v1\.[\w-]+$/)
    expect(Buffer.from(one.slice(3), 'base64url').toString('latin1')).not.toContain('example-key')
    expect(one).not.toBe(other)
  })

  it('is refused wherever it was altered', () => {
    const sealed = box.seal('key')
    const bytes = Buffer.from(sealed.slice(3), 'base64url')
    for (let position = 0; position < bytes.length; position++) {
      const altered = Buffer.from(bytes)
      altered[position]! ^= 1
      expect(() => box.unseal(`v1.${altered.toString('base64url')}`)).toThrow(/enter the key again/)
    }
  })

  it.each(['', 'v1', 'v1.', 'v1.AAAA', 'v2.AAAA', 'example-key'])('is refused when it is none: %j', (text) => {
    expect(() => box.unseal(text)).toThrow(/cannot be read/)
  })

  it('of another version is not taken for this one', () => {
    expect(() => box.unseal(box.seal('key').replace('v1', 'v2'))).toThrow(/cannot be read/)
  })

  it('of another installation is refused, with what to do', async () => {
    const sealed = box.seal('key')
    const other = await boxOf('another secret of a test installation')
    expect(() => other.unseal(sealed)).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringMatching(/another SALLYPORT_SECRET.*again/) }),
    )
    expect((await boxOf('one secret of a test installation')).unseal(sealed)).toBe('key')
  })
})
