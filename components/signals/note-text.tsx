// A note as it reads: a little Markdown, made of elements and text only. Nothing in it can be clicked but signals by number.
import Link from 'next/link'
import type { ReactNode } from 'react'
import { noteBlocks, type NoteBlock, type NoteSpan } from './note-blocks'

export function NoteText({ body }: { body: string }) {
  return (
    <div dir="auto" className="flex min-w-0 flex-col gap-1.5 break-words">
      {noteBlocks(body).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  )
}

function Block({ block }: { block: NoteBlock }): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className="whitespace-pre-wrap">
          <Spans spans={block.spans} />
        </p>
      )
    case 'heading':
      return (
        <p className="font-semibold">
          <Spans spans={block.spans} />
        </p>
      )
    case 'quote':
      return (
        <p className="border-l-2 border-control-border pl-2">
          <Spans spans={block.spans} />
        </p>
      )
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul'
      return (
        <List className={`pl-4 ${block.isOrdered ? 'list-decimal' : 'list-disc'}`}>
          {block.items.map((spans, index) => (
            <li key={index}>
              <Spans spans={spans} />
            </li>
          ))}
        </List>
      )
    }
    case 'code':
      return (
        <pre tabIndex={0} data-scroll className="overflow-x-auto rounded-md bg-surface-1 p-2">
          {block.text}
        </pre>
      )
    case 'facts':
      return (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 gap-y-1">
          {block.facts.map((fact, index) => (
            <div key={index} className="contents">
              <dt className="text-ink-muted">{fact.name}</dt>
              <dd>
                <Spans spans={fact.spans} />
              </dd>
            </div>
          ))}
        </dl>
      )
  }
}

function Spans({ spans }: { spans: readonly NoteSpan[] }): ReactNode {
  return spans.map((span, index) => {
    switch (span.kind) {
      case 'strong':
        return <b key={index}>{span.text}</b>
      case 'emphasis':
        return <i key={index}>{span.text}</i>
      case 'code':
        return <code key={index}>{span.text}</code>
      case 'signal':
        return (
          <Link key={index} href={`/signals/${span.text}`} prefetch={false}>
            {span.text}
          </Link>
        )
      case 'text':
        return span.text
    }
  })
}
