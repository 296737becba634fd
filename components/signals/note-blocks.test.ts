import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noteBlocks, noteSpans, type NoteBlock, type NoteSpan } from './note-blocks'

const textOf = (spans: readonly NoteSpan[]) => spans.map((span) => span.text).join('')
const allText = (block: NoteBlock): string => {
  switch (block.kind) {
    case 'list':
      return block.items.map(textOf).join(' ')
    case 'facts':
      return block.facts.map((fact) => `${fact.name} ${textOf(fact.spans)}`).join(' ')
    case 'code':
      return block.text
    default:
      return textOf(block.spans)
  }
}

describe('noteSpans', () => {
  it('knows bold, emphasis, code and signals, and nothing else', () => {
    expect(noteSpans('**yes** *no* `code` SIG-12 http://evil.example.com <b>x</b>')).toEqual([
      { kind: 'strong', text: 'yes' },
      { kind: 'text', text: ' ' },
      { kind: 'emphasis', text: 'no' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'code' },
      { kind: 'text', text: ' ' },
      { kind: 'signal', text: 'SIG-12' },
      { kind: 'text', text: ' http://evil.example.com <b>x</b>' },
    ])
  })
})

describe('noteBlocks', () => {
  it('takes a hand-off note apart by its parts', () => {
    expect(noteBlocks('Known: it left\nNot known: how\nNext step: ask')).toEqual([
      {
        kind: 'facts',
        facts: [
          { name: 'Known', spans: [{ kind: 'text', text: 'it left' }] },
          { name: 'Not known', spans: [{ kind: 'text', text: 'how' }] },
          { name: 'Next step', spans: [{ kind: 'text', text: 'ask' }] },
        ],
      },
    ])
  })

  it('keeps lists, quotes, headings and code apart', () => {
    const kinds = noteBlocks('# Title\ntext\nmore\n\n- a\n- b\n1. c\n> said\n```\n**not bold**\n```').map(
      (block) => block.kind,
    )
    expect(kinds).toEqual(['heading', 'paragraph', 'list', 'list', 'quote', 'code'])
  })

  it('loses no word of what was typed, whatever it is', () => {
    const word = fc.constantFrom(
      '**',
      '*',
      '`',
      '```',
      '- ',
      '1. ',
      '# ',
      '> ',
      'Known:',
      'SIG-1',
      'alpha',
      'beta',
      '\n',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const body = words.join('')
        const shown = noteBlocks(body).map(allText).join(' ')
        for (const name of ['alpha', 'beta', 'SIG-1']) {
          const isInFenceLine = new RegExp(`^\`\`\`.*${name}`, 'm').test(body)
          if (!isInFenceLine) expect(shown.split(name).length).toBe(body.split(name).length)
        }
      }),
    )
  })
})
