// Indents JSON without reading it into values: big numbers, repeated keys and odd escapes stay as they came. Pure.

/** The text with one member a line, every token verbatim; null when it is not JSON. */
export function indentJson(text: string): string | null {
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []
  const parts: string[] = []
  let depth = 0
  const newLine = () => `\n${'  '.repeat(depth)}`
  tokens.forEach((token, index) => {
    const isEmptyPair = (tokens[index + 1] === '}' && token === '{') || (tokens[index + 1] === ']' && token === '[')
    const isClosingEmpty = (token === '}' && tokens[index - 1] === '{') || (token === ']' && tokens[index - 1] === '[')
    if (token === '{' || token === '[') {
      depth += 1
      parts.push(token, isEmptyPair ? '' : newLine())
    } else if (token === '}' || token === ']') {
      depth -= 1
      parts.push(isClosingEmpty ? '' : newLine(), token)
    } else if (token === ',') parts.push(token, newLine())
    else if (token === ':') parts.push(': ')
    else parts.push(token)
  })
  return parts.join('')
}

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/** Characters that would reorder or hide text on screen, written as `\u202e`. For display only. */
export function revealHidden(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
