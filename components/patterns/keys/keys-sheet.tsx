'use client'
// The list of all keys that work here, made from the registry; also the place to turn them off or change them.
import { useState, useSyncExternalStore, type KeyboardEvent } from 'react'
import { Button } from '../../ui/button'
import { Checkbox } from '../../ui/checkbox'
import { Dialog } from '../../ui/dialog'
import { Kbd } from '../../ui/kbd'
import { combinationOf, progress } from './combination'
import { commandId, definedScopes, type KeyScope } from './define-keys'
import type { Binding } from './key-binder'
import { activeKeys, remapCommand, setCharacterKeys, useKeyPreferences, type KeyPreferences } from './key-preferences'
import { useKeyBinder } from './use-keys'

interface Group {
  scope: KeyScope
  names: readonly string[]
}

/** What works here: bound scopes with their bound names, then element and dialog scopes as defined, "anywhere" last. */
function groupsOf(bindings: readonly Binding[]): Group[] {
  const groups = definedScopes().map((scope) => {
    const bound = bindings.filter((binding) => binding.scope.id === scope.id).flatMap((binding) => binding.names)
    const isListedWhole = scope.place === 'element' || scope.place === 'dialog'
    const names = Object.keys(scope.commands).filter((name) => isListedWhole || bound.includes(name))
    return { scope, names }
  })
  const order = { page: 0, element: 1, dialog: 2, anywhere: 3 } as const
  return groups.filter(({ names }) => names.length > 0).sort((a, b) => order[a.scope.place] - order[b.scope.place])
}

/** Which other command has these keys, or a sequence beginning with them, in a place where both could work; null when none. */
function holderOf(keys: string, wanted: { scope: KeyScope; name: string }, preferences: KeyPreferences): string | null {
  for (const scope of definedScopes()) {
    const canMeet = scope.id === wanted.scope.id || scope.place === 'anywhere' || wanted.scope.place === 'anywhere'
    if (!canMeet) continue
    for (const [name, command] of Object.entries(scope.commands)) {
      const isItself = scope.id === wanted.scope.id && name === wanted.name
      // Also those that are off now: they may be turned on again.
      const held = activeKeys(scope, name, { ...preferences, areCharacterKeysOn: true })
      if (!isItself && held.some((other) => progress(other, [keys]) !== 'none')) return command.label
    }
  }
  return null
}

export function KeysSheet({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const binder = useKeyBinder()
  const preferences = useKeyPreferences()
  const bindings = useSyncExternalStore(binder.subscribe, binder.bindings, binder.bindings)
  return (
    <Dialog title="Keys" isOpen={isOpen} onOpenChange={onOpenChange} width="large">
      <Checkbox
        label="Single-letter keys on"
        checked={preferences.areCharacterKeysOn}
        onChange={(event) => setCharacterKeys(event.target.checked)}
      />
      <p className="mb-3 text-12 text-ink-muted">
        Keys rest while you type or a window is open. Each action also has a button. Kept in this browser.
      </p>
      <div className="columns-1 gap-8 min-column:columns-2">
        {groupsOf(bindings).map(({ scope, names }) => (
          <section key={scope.id} className="mb-4 break-inside-avoid">
            <h3 className="border-b border-hairline pb-1 text-12">{scope.label}</h3>
            <ul>
              {names.map((name) => (
                <KeyRow key={name} scope={scope} name={name} preferences={preferences} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function KeyRow({ scope, name, preferences }: { scope: KeyScope; name: string; preferences: KeyPreferences }) {
  const [isRecording, setRecording] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const command = scope.commands[name]
  if (!command) return null
  const id = commandId(scope, name)
  const keys = activeKeys(scope, name, preferences)

  function record(event: KeyboardEvent) {
    const combination = combinationOf(event)
    if (!isRecording || combination === null || combination === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    setRecording(false)
    if (combination === 'Escape') return
    const holder = holderOf(combination, { scope, name }, preferences)
    setRefusal(holder === null ? null : `“${combination}” is taken by “${holder}”.`)
    if (holder === null) remapCommand(id, combination)
  }

  return (
    <li className="border-b border-hairline py-1">
      <div className="flex min-h-7 items-center gap-2">
        <span className="min-w-0 flex-1">{command.label}</span>
        {keys.length === 0 && <span className="text-12 text-ink-muted">off</span>}
        {keys.map((combination) => (
          <Kbd key={combination} keys={combination} isSpoken />
        ))}
        <Button
          tone="quiet"
          size="small"
          aria-label={isRecording ? `Press the new key for: ${command.label}` : `Change key: ${command.label}`}
          onClick={() => {
            setRefusal(null)
            setRecording(!isRecording)
          }}
          onKeyDown={record}
          onBlur={() => setRecording(false)}
        >
          {isRecording ? 'Press a key' : 'Change'}
        </Button>
        {preferences.remapped[id] !== undefined && (
          <Button
            tone="quiet"
            size="small"
            aria-label={`Reset key: ${command.label}`}
            onClick={() => remapCommand(id, null)}
          >
            Reset
          </Button>
        )}
      </div>
      {refusal && (
        <p role="alert" className="text-12">
          {refusal}
        </p>
      )}
    </li>
  )
}
