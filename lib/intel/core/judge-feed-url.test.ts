import { describe, expect, it } from 'vitest'
import { isReachable, judgeFeedUrl } from './judge-feed-url'

const judge = (url: string, ...allowedHosts: string[]) => {
  const verdict = judgeFeedUrl(url, allowedHosts)
  return verdict.status === 'ok' ? 'ok' : verdict.reason
}

describe('judgeFeedUrl', () => {
  it.each(['https://example.com/list.txt?key={key}', 'https://192.0.2.1/', 'https://[2001:db8::1]:8443/x'])(
    'takes %s',
    (url) => expect(judge(url)).toBe('ok'),
  )

  it.each([
    ['example.com/list', /not a URL/],
    ['https://user:word@example.com/', /user name or password/],
    ['ftp://example.com/', /start with https/],
    ['file:///etc/passwd', /start with https/],
    ['http://example.com/', /FEED_ALLOWED_HOSTS/],
    ['https://{key}.example.com/', /behind the host/],
    ['https://example.com/a\0b', /control/],
    ['https://exam\nple.com/', /control/],
    ['https://example.com/\u202egnp.exe', /control/],
    ['https://example.com/\ud800', /control/],
  ])('refuses %s', (url, reason) => expect(judge(url)).toMatch(reason))

  it.each([
    ...['https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://0177.0.0.1/', 'https://0/'],
    ...['https://10.1.2.3/', 'https://172.31.255.1/', 'https://192.168.0.1/', 'https://100.64.0.1/'],
    ...[
      'https://169.254.169.254/latest/meta-data/',
      'https://[fd00:ec2::254]/',
      'https://[fe80::1]/',
      'https://[::1]/',
    ],
    ...[
      'https://[::ffff:10.0.0.1]/',
      'https://[::ffff:7f00:1]/',
      'https://[64:ff9b::a00:1]/',
      'https://[2002:a00:1::]/',
    ],
    ...['https://[::]/', 'https://[::127.0.0.1]/', 'https://[64:ff9b:1::a00:1]/', 'https://224.0.0.1/'],
  ])('refuses the internal address of %s', (url) => expect(judge(url)).toMatch(/internal address .*FEED_ALLOWED_HOSTS/))

  it('lets the operator allow a host, or one port of it, and nothing beside', () => {
    expect(judge('http://feeds.internal.example.com/x', 'feeds.internal.example.com')).toBe('ok')
    expect(judge('http://Feeds.Internal.Example.com:8080/x', 'FEEDS.internal.example.com')).toBe('ok')
    expect(judge('http://127.0.0.1:8080/', '127.0.0.1:8080')).toBe('ok')
    expect(judge('https://10.0.0.1/', '10.0.0.1:443')).toBe('ok')
    expect(judge('http://[::1]:80/', '[::1]:80')).toBe('ok')
    expect(judge('http://[::1]/', '::1')).toBe('ok')
    expect(judge('http://127.0.0.1:8081/', '127.0.0.1:8080')).not.toBe('ok')
    expect(judge('http://127.0.0.2:8080/', '127.0.0.1')).not.toBe('ok')
    expect(judge('http://x.feeds.example.com/', 'feeds.example.com')).not.toBe('ok')
  })
})

describe('isReachable', () => {
  const url = new URL('https://feeds.example.com/')

  it('judges what the name resolved to', () => {
    expect(isReachable(url, '192.0.2.1', [])).toBe(true)
    for (const address of [
      '10.0.0.1',
      '127.0.0.1',
      '::1',
      '::ffff:10.0.0.1',
      'fe80::1%eth0',
      '64:ff9b::7f00:1',
      '100.100.0.1',
    ])
      expect(isReachable(url, address, [])).toBe(false)
    expect(isReachable(url, '10.0.0.1', ['feeds.example.com'])).toBe(true)
  })
})
