// Notes as typed, taken apart into a few harmless kinds of text. No links, images or HTML: what a note quotes may be hostile,
// so addresses in it stay text. Pure.

export type NoteSpan =
  | { kind: 'text' | 'strong' | 'emphasis' | 'code'; text: string }
  /** A signal by its number, which leads to it. */
  | { kind: 'signal'; text: string }

export type NoteBlock =
  | { kind: 'paragraph' | 'heading' | 'quote'; spans: NoteSpan[] }
  | { kind: 'list'; isOrdered: boolean; items: NoteSpan[][] }
  | { kind: 'code'; text: string }
  /** Lines such as `Known: …`, of a hand-off note. */
  | { kind: 'facts'; facts: { name: string; spans: NoteSpan[] }[] }

/** What a hand-off note says, in this order. */
export const HANDOFF_PARTS = ['Known', 'Not known', 'Next step', 'Ask whom'] as const

const FENCE = /^```/
const HEADING = /^#{1,6}\s+(.*)$/
const QUOTE = /^>\s?(.*)$/
const BULLET = /^\s*[-*]\s+(.*)$/
const NUMBERED = /^\s*\d{1,3}[.)]\s+(.*)$/
const FACT = new RegExp(`^\\**(${HANDOFF_PARTS.join('|')})\\**:\\**\\s*(.*)$`, 'i')
/** Alternatives do not overlap and none repeats a repetition, so a long hostile note costs time linear in its length. */
const SPAN = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|\b(SIG-\d{1,10})\b/g

/** The spans of one line. */
export function noteSpans(line: string): NoteSpan[] {
  const spans: NoteSpan[] = []
  let from = 0
  for (const match of line.matchAll(SPAN)) {
    if (match.index > from) spans.push({ kind: 'text', text: line.slice(from, match.index) })
    const [whole, code, strong, emphasis, signal] = match
    if (code !== undefined) spans.push({ kind: 'code', text: code })
    else if (strong !== undefined) spans.push({ kind: 'strong', text: strong })
    else if (emphasis !== undefined) spans.push({ kind: 'emphasis', text: emphasis })
    else if (signal !== undefined) spans.push({ kind: 'signal', text: signal })
    from = match.index + whole.length
  }
  if (from < line.length) spans.push({ kind: 'text', text: line.slice(from) })
  return spans
}

/** The blocks of a note; text that is no markup stays as it was typed. */
export function noteBlocks(body: string): NoteBlock[] {
  const blocks: NoteBlock[] = []
  let code: string[] | null = null
  let isNew = true
  for (const line of body.replaceAll('\r\n', '\n').split('\n')) {
    if (FENCE.test(line)) {
      if (code) blocks.push({ kind: 'code', text: code.join('\n') })
      code = code ? null : []
      isNew = true
    } else if (code) code.push(line)
    else if (line.trim() === '') isNew = true
    else {
      addLine(blocks, line, isNew)
      isNew = false
    }
  }
  if (code) blocks.push({ kind: 'code', text: code.join('\n') })
  return blocks
}

/** Adds a line to the last block where it goes on, else as a block of its own. */
function addLine(blocks: NoteBlock[], line: string, isNew: boolean): void {
  const last = isNew ? undefined : blocks.at(-1)
  const fact = FACT.exec(line)
  const bullet = BULLET.exec(line)
  const item = bullet ?? NUMBERED.exec(line)
  const heading = HEADING.exec(line)
  const quote = QUOTE.exec(line)
  if (fact) {
    const entry = { name: fact[1] ?? '', spans: noteSpans(fact[2] ?? '') }
    if (last?.kind === 'facts') last.facts.push(entry)
    else blocks.push({ kind: 'facts', facts: [entry] })
  } else if (item) {
    const spans = noteSpans(item[1] ?? '')
    if (last?.kind === 'list' && last.isOrdered === !bullet) last.items.push(spans)
    else blocks.push({ kind: 'list', isOrdered: !bullet, items: [spans] })
  } else if (heading) blocks.push({ kind: 'heading', spans: noteSpans(heading[1] ?? '') })
  else if (quote) blocks.push({ kind: 'quote', spans: noteSpans(quote[1] ?? '') })
  else if (last?.kind === 'paragraph') last.spans.push({ kind: 'text', text: '\n' }, ...noteSpans(line))
  else blocks.push({ kind: 'paragraph', spans: noteSpans(line) })
}
