import { generateKeyPairSync } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseEnv } from '@/lib/kernel/env'
import { oktaConfigFromEnv } from './config'

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (type: 'pkcs1' | 'pkcs8') => RSA.privateKey.export({ type, format: 'pem' }).toString()
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-key-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))
const file = path.join(folder, 'key.pem')
fs.writeFileSync(file, `${pem('pkcs8')}\n`)

const URL_OK = { OKTA_ORG_URL: 'https://example.okta.com' }
const read = (variables: Record<string, string>) => oktaConfigFromEnv(parseEnv(variables))
const oauth = (key: string, more = {}) => read({ ...URL_OK, OKTA_CLIENT_ID: '0oa1', OKTA_PRIVATE_KEY: key, ...more })

describe('oktaConfigFromEnv', () => {
  test('nothing set: no Okta is configured', () => {
    expect(read({})).toEqual({ status: 'absent' })
  })

  test('an API token', () => {
    expect(read({ OKTA_ORG_URL: 'https://Example.okta.com/', OKTA_API_TOKEN: '00token' })).toEqual({
      status: 'configured',
      config: {
        orgUrl: 'https://example.okta.com',
        auth: { kind: 'ssws', token: '00token' },
        timeoutMs: 40_000,
        reserve: 0.25,
      },
    })
  })

  const jwk = JSON.stringify({ ...RSA.privateKey.export({ format: 'jwk' }), kid: 'from-jwk' })
  test.each([
    ['PKCS 8', oauth(pem('pkcs8')), 'RS256', null],
    ['PKCS 1', oauth(pem('pkcs1')), 'RS256', null],
    ['PEM with \\n written out', oauth(pem('pkcs8').trim().replaceAll('\n', '\\n')), 'RS256', null],
    ['JWK, its kid', oauth(jwk), 'RS256', 'from-jwk'],
    ['JWK, the kid that was set wins', oauth(jwk, { OKTA_KEY_ID: 'set' }), 'RS256', 'set'],
    ['path of a file', oauth(file), 'RS256', null],
    ['EC P-256', oauth(ec('P-256').export({ type: 'sec1', format: 'pem' }).toString()), 'ES256', null],
    ['EC P-384', oauth(JSON.stringify(ec('P-384').export({ format: 'jwk' }))), 'ES384', null],
  ])('a service app: %s', (_name, outcome, algorithm, keyId) => {
    expect(outcome).toMatchObject({
      status: 'configured',
      config: { auth: { kind: 'oauth', clientId: '0oa1', algorithm, keyId } },
    })
  })

  test('http is for this computer alone', () => {
    for (const origin of ['http://127.0.0.1:4010', 'http://localhost:4010', 'http://[::1]:4010']) {
      expect(read({ OKTA_ORG_URL: origin, OKTA_API_TOKEN: 'x' })).toMatchObject({ config: { orgUrl: origin } })
    }
  })

  const token = { OKTA_API_TOKEN: '00token' }
  test.each([
    ['no URL', token, /OKTA_ORG_URL is not set/],
    ['no scheme', { OKTA_ORG_URL: 'example.okta.com', ...token }, /with its scheme/],
    ['plain http', { OKTA_ORG_URL: 'http://example.okta.com', ...token }, /must start with https/],
    [
      'http to a name like localhost',
      { OKTA_ORG_URL: 'http://127.0.0.1.example.com', ...token },
      /must start with https/,
    ],
    [
      'the Admin Console',
      { OKTA_ORG_URL: 'https://example-admin.okta.com', ...token },
      /set it to https:\/\/example\.okta\.com\./,
    ],
    [
      'a path',
      { OKTA_ORG_URL: 'https://example.okta.com/admin', ...token },
      /set it to https:\/\/example\.okta\.com\./,
    ],
    ['a user in the URL', { OKTA_ORG_URL: 'https://a:b@example.okta.com', ...token }, /user name or password/],
    ['no credentials', URL_OK, /without credentials/],
    ['both kinds of credentials', { ...URL_OK, ...token, OKTA_CLIENT_ID: '0oa1' }, /not both/],
    ['a token with a blank', { ...URL_OK, OKTA_API_TOKEN: 'SSWS 00token' }, /copy it again/],
    ['no client id', { ...URL_OK, OKTA_PRIVATE_KEY: file }, /OKTA_CLIENT_ID is not set/],
    ['no key', { ...URL_OK, OKTA_CLIENT_ID: '0oa1' }, /OKTA_PRIVATE_KEY is not set/],
  ])('refuses %s and says what to do', (_name, variables, message) => {
    expect(read(variables)).toMatchObject({
      status: 'invalid',
      problem: { code: 'invalid_config', isRetryable: false, message: expect.stringMatching(message) },
    })
  })

  const publicJwk = JSON.stringify(RSA.publicKey.export({ format: 'jwk' }))
  const encrypted = RSA.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString()
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
  const edwards = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  test.each([
    ['a public JWK', publicJwk, /is a public key/],
    ['a public PEM', RSA.publicKey.export({ type: 'spki', format: 'pem' }).toString(), /is a public key/],
    ['a passphrase', encrypted, /passphrase/],
    ['a short RSA key', small, /2048 bits/],
    ['another kind of key', edwards, /2048 bits/],
    ['damaged PEM', '-----BEGIN PRIVATE KEY-----\nxx\n-----END PRIVATE KEY-----', /neither as PEM nor as JWK/],
    ['damaged JWK', '{"kty":"RSA","d":"x"}', /neither as PEM nor as JWK/],
    ['no file', path.join(folder, 'missing.pem'), /cannot be read \(ENOENT\)/],
  ])('refuses %s as key', (_name, key, message) => {
    const outcome = oauth(key)
    expect(outcome).toMatchObject({ status: 'invalid', problem: { message: expect.stringMatching(message) } })
    if (outcome.status === 'invalid') expect(outcome.problem.message).not.toContain(key)
  })
})
