// Reads places of JSON values, for feeds whose settings say where their entries stand.
import type { JsonPath } from '../model'

/**
 * The values at a path: names of properties and `*` for every element of an array or every value of an object, separated by dots; the
 * empty path is the value itself. What is not there gives nothing.
 */
export function readPath(value: unknown, path: JsonPath): unknown[] {
  if (path === '') return [value]
  if (!path.includes('.')) return readStep(value, path)
  let values = [value]
  for (const step of path.split('.')) values = values.flatMap((parent) => readStep(parent, step))
  return values
}

/** Text of a string, number or boolean; null for all else, and for blank text. */
export function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** A JSON object, or null for any other value. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

/** The value of a JSON text, or that it is none. */
export function parseJson(text: string): { status: 'ok'; value: unknown } | { status: 'malformed' } {
  try {
    return { status: 'ok', value: JSON.parse(text) }
  } catch {
    return { status: 'malformed' }
  }
}

/** A value as JSON, for people; empty where it is nested too deep to be written. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

function readStep(parent: unknown, step: string): unknown[] {
  if (typeof parent !== 'object' || parent === null) return []
  if (step === '*') return Object.values(parent)
  return Object.hasOwn(parent, step) ? [(parent as Record<string, unknown>)[step]] : []
}
