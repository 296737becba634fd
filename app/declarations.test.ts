// Finds every handler and page in the file system and fails for one that does not say who may use it.
import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { isPublicPath } from '@/lib/auth/core/public-paths'
import { PERMISSIONS } from '@/lib/auth/model'
import type { RouteHandler } from '@/lib/http/route'
import { GET as getOpenApi } from './api/openapi.json/route'

const APP = import.meta.dirname
const files = fs
  .readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => /(^|\/)(route|page)\.(ts|tsx|js|jsx)$/.test(file))
  .sort()
const routes = files.filter((file) => /(^|\/)route\./.test(file))
const pages = files.filter((file) => /(^|\/)page\./.test(file))

/** What a file exports: name → the call that makes it, as `callee(first argument)`; anything else → its source. */
function exportsOf(file: string): Map<string, { callee: string; argument: ts.Expression | undefined }> {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(APP, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  )
  const found = new Map<string, { callee: string; argument: ts.Expression | undefined }>()
  const add = (name: string, value: ts.Expression | undefined) => {
    if (value && ts.isCallExpression(value))
      found.set(name, { callee: value.expression.getText(), argument: value.arguments[0] })
    else found.set(name, { callee: '', argument: undefined })
  }
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement)) add('default', statement.expression)
    else if (ts.isExportDeclaration(statement)) add(statement.getText(), undefined)
    else if (
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    ) {
      if (ts.isVariableStatement(statement)) {
        for (const { name, initializer } of statement.declarationList.declarations) add(name.getText(), initializer)
      } else if (!ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement))
        add(statement.getText(), undefined)
    }
  }
  return found
}

/** True if a file takes a name from a module of ours, and declares none of that name. */
function importsFrom(file: string, name: string, module: string): boolean {
  const text = fs.readFileSync(path.join(APP, file), 'utf8')
  return new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '${module}'`).test(text)
}

/** `api/auth/[...nextauth]/route.ts` → `/api/auth/{nextauth}`; groups such as `(triage)` are no part of an address. */
function addressOf(file: string): string {
  const folders = file
    .split('/')
    .slice(0, -1)
    .filter((folder) => !/^\(.*\)$/.test(folder))
  return `/${folders.map((folder) => folder.replace(/^\[+(?:\.\.\.)?([^\]]+)\]+$/, '{$1}')).join('/')}`
}

test('the search finds what it must guard', () => {
  expect(routes.length).toBeGreaterThanOrEqual(5)
  expect(pages.length).toBeGreaterThanOrEqual(2)
})

describe.each(routes)('app/%s', (file) => {
  test('exports nothing but methods made by route(…)', () => {
    expect(importsFrom(file, 'route', '@/lib/http/route')).toBe(true)
    for (const [name, { callee }] of exportsOf(file))
      expect([name, callee]).toEqual([expect.stringMatching(/^(GET|POST|PUT|PATCH|DELETE)$/), 'route'])
  })

  test('declares its method, its address and a permission, and proxy.ts lets the public ones through', async () => {
    const handlers = (await import(path.join(APP, file))) as Record<string, RouteHandler>
    expect(Object.keys(handlers).length).toBeGreaterThan(0)
    for (const [method, { endpoint }] of Object.entries(handlers)) {
      expect([endpoint.method, endpoint.path]).toEqual([method, addressOf(file)])
      expect(PERMISSIONS).toContain(endpoint.permission)
      expect(isPublicPath(endpoint.path)).toBe(endpoint.permission === 'public')
    }
  })
})

describe.each(pages)('app/%s', (file) => {
  test('is made by page({ permission }), and proxy.ts lets the public ones through', () => {
    expect(importsFrom(file, 'page', '@/lib/http/page')).toBe(true)
    const { callee, argument } = exportsOf(file).get('default') ?? {}
    expect(callee).toBe('page')
    const permission = /permission: '([^']+)'/.exec(argument?.getText() ?? '')?.[1]
    expect(PERMISSIONS).toContain(permission)
    expect(isPublicPath(addressOf(file))).toBe(permission === 'public')
  })
})

test('the OpenAPI document lists exactly the handlers there are', async () => {
  const response = await getOpenApi(new Request('http://localhost:3000/api/openapi.json'))
  const { paths } = (await response.json()) as { paths: Record<string, object> }
  const listed = Object.entries(paths).flatMap(([address, methods]) =>
    Object.keys(methods).map((method) => `${method} ${address}`),
  )
  const present = await Promise.all(
    routes.map(async (file) =>
      Object.keys((await import(path.join(APP, file))) as object).map(
        (method) => `${method.toLowerCase()} ${addressOf(file)}`,
      ),
    ),
  )
  expect(listed.sort()).toEqual(present.flat().sort())
})

test('there are no server actions: a second way in, which nothing here guards', () => {
  const root = path.dirname(APP)
  const sources = ['app', 'components', 'lib'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated'))
      .map((file) => path.join(root, folder, file)),
  )
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.filter((file) => /^\s*['"]use server['"]/m.test(fs.readFileSync(file, 'utf8')))).toEqual([])
})
