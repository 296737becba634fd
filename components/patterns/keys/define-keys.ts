// The key registry: every command that has a key, named once. Binding, the key sheet, hints on buttons and the browser
// tests read it, so they cannot disagree.

/** Where the keys of a scope work. */
export type KeyPlace =
  /** On every page. */
  | 'anywhere'
  /** While the page or part that binds them is on screen. */
  | 'page'
  /** While one element has focus, e.g. a chip. */
  | 'element'
  /** Inside a dialog or popover, where all other keys rest. */
  | 'dialog'

export interface KeyCommand {
  /** As combination.ts writes them; the first is shown. */
  keys: string | readonly string[]
  /** Verb first: "Open signal". */
  label: string
  /** Holding the key repeats it. */
  isRepeatable?: boolean
}

export interface KeyScope<Name extends string = string> {
  id: string
  label: string
  place: KeyPlace
  commands: Record<Name, KeyCommand>
}

const scopes = new Map<string, KeyScope>()

/** Names the keys of one place and puts them in the registry. Defining the same id again replaces it. */
export function defineKeys<Name extends string>(scope: KeyScope<Name>): KeyScope<Name> {
  scopes.set(scope.id, scope)
  return scope
}

/** Everything defined so far, in order of definition. */
export function definedScopes(): KeyScope[] {
  return [...scopes.values()]
}

/** The id under which a person's own key for a command is kept. */
export function commandId(scope: KeyScope, name: string): string {
  return `${scope.id}.${name}`
}
