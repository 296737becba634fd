'use client'
// The stored text of an event, indented for reading and copied exactly as it came. Shown as text only: nothing in it
// becomes a link or markup, and characters that hide or reorder text are written out.
import { Copy } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '../ui/button'
import { copyText } from './copy-text'
import { indentJson, revealHidden } from './indent-json'

/** More than this is shown on request; laying out megabytes of text stops the page. */
const SHOWN_CHARACTERS = 200_000

export function RawJson({ text, label = 'Raw event' }: { text: string; label?: string }) {
  const [isVerbatim, setVerbatim] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const indented = useMemo(() => indentJson(text), [text])
  const chosen = isVerbatim || indented === null ? text : indented
  const isCut = !isWhole && chosen.length > SHOWN_CHARACTERS
  const shown = useMemo(() => revealHidden(isCut ? chosen.slice(0, SHOWN_CHARACTERS) : chosen), [chosen, isCut])
  return (
    <div data-slot="raw-json" className="overflow-hidden rounded-lg border border-hairline">
      <div className="flex flex-wrap items-center gap-2 border-b border-hairline bg-surface-1 px-2 py-1 text-12 text-ink-muted">
        <span className="min-w-0 flex-1">
          {indented === null ? 'Not JSON: shown as it came' : 'As received from Okta'}
        </span>
        {indented !== null && (
          <Button tone="quiet" size="small" aria-pressed={isVerbatim} onClick={() => setVerbatim(!isVerbatim)}>
            Verbatim
          </Button>
        )}
        <Button
          tone="quiet"
          size="small"
          icon={<Copy aria-hidden size={12} />}
          onClick={() => void copyText(text, 'the raw event, verbatim')}
        >
          Copy verbatim
        </Button>
      </div>
      <pre
        role="region"
        aria-label={label}
        tabIndex={0}
        dir="ltr"
        data-scroll
        className={`max-h-120 overflow-auto px-3 py-2 leading-[18px] ${isVerbatim ? 'break-all whitespace-pre-wrap' : 'whitespace-pre'}`}
      >
        {shown}
      </pre>
      {isCut && (
        <p className="flex items-center gap-2 border-t border-hairline px-3 py-1.5 text-12">
          The first {SHOWN_CHARACTERS.toLocaleString('en-GB')} of {chosen.length.toLocaleString('en-GB')} characters.
          <Button size="small" onClick={() => setWhole(true)}>
            Show all
          </Button>
        </p>
      )}
    </div>
  )
}
