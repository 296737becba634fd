// One narrow column in the middle, with the name of the product above it.
import type { ReactNode } from 'react'

export function AccountFrame({ isDemo, children }: { isDemo: boolean; children: ReactNode }) {
  return (
    <div className="flex min-h-screen flex-col items-center px-4 pt-[12vh] pb-8">
      <p className="text-17 font-semibold">Sallyport</p>
      {isDemo && <p className="mt-2 text-12 text-ink-muted">Demo: every person and every event in here is invented.</p>}
      <main id="main" className="mt-6 w-full max-w-90 rounded-xl border border-hairline bg-bg p-6">
        {children}
      </main>
    </div>
  )
}
