'use client'
// What can be done with a report: print it, take its evidence along, go back. Not printed itself.
import { ChevronLeft, Download, Printer } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { Button } from '@/components/ui/button'
import { reportKeys } from './report-keys'

export function ReportActions({ reference, bundleHref }: { reference: string; bundleHref: string }) {
  const router = useRouter()
  const download = useRef<HTMLAnchorElement>(null)
  const href = `/signals/${reference}`
  const print = () => window.print()
  useKeys(reportKeys, { print, bundle: () => download.current?.click(), back: () => router.push(href) })
  const [backKey, bundleKey, printKey] = [
    useShortcut(reportKeys, 'back'),
    useShortcut(reportKeys, 'bundle'),
    useShortcut(reportKeys, 'print'),
  ]
  return (
    <nav
      aria-label="Report"
      data-print="hide"
      className="sticky top-0 z-10 flex flex-wrap items-center gap-2 border-b border-hairline bg-bg px-4 py-2 min-column:px-6"
    >
      <Button asChild tone="quiet" shortcut={backKey} icon={<ChevronLeft aria-hidden size={12} />}>
        <Link href={href}>{reference}</Link>
      </Button>
      <span className="ml-auto flex flex-wrap items-center gap-2">
        <Button asChild shortcut={bundleKey} icon={<Download aria-hidden size={12} />}>
          <a ref={download} href={bundleHref} download>
            Evidence bundle
          </a>
        </Button>
        <Button tone="primary" shortcut={printKey} icon={<Printer aria-hidden size={12} />} onClick={print}>
          Print or save as PDF
        </Button>
      </span>
    </nav>
  )
}
