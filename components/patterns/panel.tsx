// A titled part of a page in one of five states that never look alike: loading, empty, unknown, error, ready.
// Unknown is never drawn like zero: it is hatched, has a question mark and says why nothing can be told.
import { useId, type ReactNode } from 'react'
import { Mark } from '../ui/mark'
import { Skeleton } from '../ui/skeleton'
import { RetryButton } from './retry-button'
import { When } from './when'

export type PanelState =
  | {
      state: 'loading'
      /** Lines of the final content, so nothing shifts. */ lines?: number
      line?: 'text' | 'row' | 'dense'
    }
  | { state: 'empty'; /** What was looked for and not found, with its bounds. */ message: ReactNode }
  | { state: 'unknown'; /** Why nothing can be told. */ message: ReactNode }
  | {
      state: 'error'
      /** What failed and what to do. */
      message: ReactNode
      onRetry?: () => void
      /** When the shown content was last right; give `children` with it. */
      lastGoodAt?: string | Date | null
      children?: ReactNode
    }
  | { state: 'ready'; children: ReactNode }

export type PanelProps = PanelState & {
  title: string
  /** Heading level on the page. */
  level?: 2 | 3
  /** At the end of the heading line: counts, buttons. */
  aside?: ReactNode
  /** Where the content comes from and how far it reaches. */
  provenance?: ReactNode
  /** `plain` has no border, for side columns. */
  look?: 'card' | 'plain'
  /** Content without inner margin, for tables. */
  isFlush?: boolean
}

export function Panel(props: PanelProps) {
  const { title, level = 2, aside, provenance, look = 'card', isFlush = false } = props
  const id = useId()
  const Heading = `h${level}` as const
  const isCard = look === 'card'
  const inset = isCard ? 'px-4' : ''
  return (
    <section
      aria-labelledby={id}
      aria-busy={props.state === 'loading' || undefined}
      data-slot="panel"
      data-state={props.state}
      className={isCard ? 'rounded-lg border border-hairline bg-bg' : ''}
    >
      <header
        className={`flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 ${isCard ? 'px-4 pt-2.5 pb-1.5' : 'pb-1'}`}
      >
        <Heading id={id} className={level === 2 ? 'text-13' : 'text-12'}>
          {title}
        </Heading>
        {aside && <div className="ml-auto flex flex-wrap items-center gap-2 text-12 text-ink-muted">{aside}</div>}
      </header>
      <div className={isFlush && props.state === 'ready' ? '' : `${inset} ${isCard ? 'pb-3.5' : ''}`}>
        <PanelBody {...props} />
      </div>
      {provenance && (
        <footer
          className={`flex flex-wrap items-center gap-2 border-t border-hairline py-1.5 text-12 text-ink-muted ${inset}`}
        >
          {provenance}
        </footer>
      )}
    </section>
  )
}

function PanelBody(props: PanelState) {
  switch (props.state) {
    case 'loading':
      return (
        <>
          <span className="sr-only">Loading</span>
          <Skeleton lines={props.lines} line={props.line} />
        </>
      )
    case 'empty':
      return <p className="text-ink-muted">{props.message}</p>
    case 'unknown':
      return (
        <div className="flex items-stretch overflow-hidden rounded-md border border-dashed border-control-border">
          <span aria-hidden className="hatched w-6 flex-none" />
          <p className="flex items-start gap-2 px-3 py-2">
            <span className="flex h-5 items-center">
              <Mark shape="question" tone="muted" />
            </span>
            <span>
              <b className="font-semibold">Cannot tell. </b>
              {props.message}
            </span>
          </p>
        </div>
      )
    case 'error':
      return (
        <>
          <div
            role="alert"
            className="flex flex-wrap items-center gap-2 rounded-md border-l-4 border-ink bg-surface-2 px-3 py-1.5"
          >
            <Mark shape="cross" />
            <p className="min-w-0 flex-1 basis-52">
              {props.message}
              {props.lastGoodAt && (
                <span className="block text-12 text-ink-muted">
                  Last good data: <When at={props.lastGoodAt} mode="both" />
                </span>
              )}
            </p>
            {props.onRetry && <RetryButton onRetry={props.onRetry} />}
          </div>
          {props.children && <div className="mt-3">{props.children}</div>}
        </>
      )
    case 'ready':
      return props.children
  }
}
