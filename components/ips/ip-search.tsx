'use client'
// A field that takes an address in whatever form it was found, and leads to its page.
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { TextInput } from '@/components/ui/text-input'
import { readAddressText } from '@/lib/timeline/core/read-address-text'
import { ipHref } from './ip-words'

export function IpSearch({ initial = '' }: { initial?: string }) {
  const router = useRouter()
  const [text, setText] = useState(initial)
  const [error, setError] = useState<string | null>(null)

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    const read = readAddressText(text)
    if (read.status === 'invalid') return setError(read.message)
    setError(null)
    router.push(ipHref(read.ip))
  }

  return (
    <form
      role="search"
      aria-label="Find an address"
      onSubmit={onSubmit}
      className="flex max-w-xl items-start gap-2"
      noValidate
    >
      <div className="min-w-0 flex-1">
        <Field
          label="IP address"
          hint="In any writing: 198.51.100[.]7, hxxps://198.51.100[.]7/x, ::ffff:198.51.100.7, 2001:DB8::7"
          error={error}
        >
          <TextInput
            isMono
            size="large"
            name="ip"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            icon={<Search aria-hidden size={14} />}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </div>
      {/* Beside the input, below its label. */}
      <div className="pt-5">
        <Button type="submit" size="large" tone="primary">
          Open
        </Button>
      </div>
    </form>
  )
}
