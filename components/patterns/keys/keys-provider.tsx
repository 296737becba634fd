'use client'
// Listens for keys once for the whole page and owns the key sheet.
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { createKeyBinder } from './key-binder'
import { KeysSheet } from './keys-sheet'
import { appKeys, KeyBinderContext, useKeys } from './use-keys'

const OpenSheet = createContext<() => void>(() => {})

/** Opens the sheet that lists every key working here. */
export function useOpenKeysSheet(): () => void {
  return useContext(OpenSheet)
}

export function KeysProvider({ children }: { children: ReactNode }) {
  const [binder] = useState(createKeyBinder)
  const [isSheetOpen, setSheetOpen] = useState(false)
  useEffect(() => {
    document.addEventListener('keydown', binder.press)
    return () => document.removeEventListener('keydown', binder.press)
  }, [binder])
  return (
    <KeyBinderContext.Provider value={binder}>
      <OpenSheet.Provider value={() => setSheetOpen(true)}>
        <HelpKey open={() => setSheetOpen(true)} />
        {children}
        <KeysSheet isOpen={isSheetOpen} onOpenChange={setSheetOpen} />
      </OpenSheet.Provider>
    </KeyBinderContext.Provider>
  )
}

function HelpKey({ open }: { open: () => void }) {
  useKeys(appKeys, { help: open })
  return null
}
