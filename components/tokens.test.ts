// Guards the colour tokens of app/globals.css: contrast after WCAG 2.2, and distance between marks for every kind of
// colour vision (OKLab after Ottosson; dichromacy after Machado, Oliveira and Fernandes 2009, severity 1).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

type Rgb = [number, number, number]
type Matrix = [Rgb, Rgb, Rgb]

const css = readFileSync(path.join(import.meta.dirname, '../app/globals.css'), 'utf8')
const raw = new Map([...css.matchAll(/--(raw-[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name!, hex!]))
const meanings = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\(var\(--(raw-[\w-]+)\), var\(--(raw-[\w-]+)\)\);/g)].map(
    ([, name, light, dark]) => [name!, { light: raw.get(light!)!, dark: raw.get(dark!)! }],
  ),
)

const THEMES = ['light', 'dark'] as const
type Theme = (typeof THEMES)[number]

function colour(token: string, theme: Theme): Rgb {
  const hex = meanings.get(token)?.[theme]
  if (!hex) throw new Error(`No token ${token}`)
  const linear = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [linear(1), linear(3), linear(5)]
}

const times = (matrix: Matrix, [r, g, b]: Rgb) => matrix.map((row) => row[0] * r + row[1] * g + row[2] * b) as Rgb

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b

function contrast(a: string, b: string, theme: Theme): number {
  const [darker, lighter] = [luminance(colour(a, theme)), luminance(colour(b, theme))].sort((x, y) => x - y) as [
    number,
    number,
  ]
  return (lighter + 0.05) / (darker + 0.05)
}

const TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
]
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
]
const VISION: Record<string, Matrix> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function lab(rgb: Rgb, vision: Matrix): Rgb {
  const seen = times(vision, rgb).map((part) => Math.min(1, Math.max(0, part))) as Rgb
  return times(TO_LAB, times(TO_LMS, seen).map(Math.cbrt) as Rgb)
}

/** OKLab distance × 100. */
function distance(a: string, b: string, theme: Theme, vision: Matrix): number {
  const [from, to] = [lab(colour(a, theme), vision), lab(colour(b, theme), vision)]
  return 100 * Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2])
}

const SURFACES = ['bg', 'surface-1', 'surface-2', 'row-selected']
const MARKS = ['severity-high', 'severity-medium', 'severity-low', 'severity-info', 'benign']
const pairsOf = (names: readonly string[]) =>
  names.flatMap((a, index) => names.slice(index + 1).map((b) => [a, b] as const))

describe.each(THEMES)('colours, %s', (theme) => {
  it.each(SURFACES)('text is legible on %s', (surface) => {
    expect(contrast('ink', surface, theme)).toBeGreaterThanOrEqual(7)
    expect(contrast('ink-muted', surface, theme)).toBeGreaterThanOrEqual(4.5)
    expect(contrast('accent', surface, theme)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(SURFACES)('edges of controls and marks are seen on %s', (surface) => {
    expect(contrast('control-border', surface, theme)).toBeGreaterThanOrEqual(3)
    for (const mark of MARKS) expect(contrast(mark, surface, theme)).toBeGreaterThanOrEqual(3)
  })

  it.each([
    ['on-accent', 'accent'],
    ['on-severity-high', 'severity-high-solid'],
    ['on-severity-medium', 'severity-medium-solid'],
  ])('%s is legible on %s', (text, fill) => {
    expect(contrast(text, fill, theme)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(MARKS)('%s is legible as a word on plain surfaces', (mark) => {
    for (const surface of ['bg', 'surface-1']) expect(contrast(mark, surface, theme)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(Object.keys(VISION))('marks differ for eyes with %s colour vision', (vision) => {
    for (const [a, b] of pairsOf(MARKS)) {
      expect(distance(a, b, theme, VISION[vision]!), `${a} and ${b}`).toBeGreaterThanOrEqual(10)
    }
    expect(distance('severity-high-solid', 'severity-medium-solid', theme, VISION[vision]!)).toBeGreaterThanOrEqual(20)
  })

  it('heat steps go one way in luminance, away from the page', () => {
    const steps = [0, 1, 2, 3, 4].map((step) => luminance(colour(`heat-${step}`, theme)))
    const sorted = [...steps].sort((a, b) => (theme === 'light' ? b - a : a - b))
    expect(steps).toEqual(sorted)
    expect(contrast('heat-4', 'bg', theme)).toBeGreaterThanOrEqual(3)
  })
})

describe('token file', () => {
  it('names a raw colour of the file in every meaning', () => {
    expect(meanings.size).toBe(24)
    for (const [name, { light, dark }] of meanings) expect([light, dark], name).not.toContain(undefined)
  })

  it('offers every meaning as a utility', () => {
    for (const name of meanings.keys()) expect(css).toContain(`--color-${name}: var(--${name});`)
  })
})
