'use client'
// The gallery inside the shell.
import { useState } from 'react'
import { LiveIndicator } from '@/components/patterns/live-indicator'
import { Shell } from '@/components/patterns/shell'
import { ControlsGallery } from './controls-gallery'
import { DataGallery } from './data-gallery'
import { RunbookGallery } from './runbook-gallery'
import { StatesGallery } from './states-gallery'
import { TokenGallery } from './token-gallery'

const NAV = [
  { href: '/', label: 'Queue' },
  { href: '/health', label: 'Health' },
  { href: '/gallery', label: 'Gallery' },
]

export function Gallery({ now }: { now: string }) {
  const [isPaused, setPaused] = useState(false)
  const ago = (seconds: number) => new Date(new Date(now).getTime() - seconds * 1000).toISOString()
  return (
    <Shell
      nav={NAV}
      actor={{ name: 'Ines Moreau', detail: 'Analyst' }}
      org={{
        name: 'Demo org',
        switching: {
          current: 'demo',
          choices: [
            { value: 'demo', label: 'Demo org', hint: 'demo' },
            { value: 'acme', label: 'Acme', hint: 'imported' },
          ],
          onSwitch: () => {},
        },
      }}
      isDemo
      onSignOut={() => {}}
      live={
        <LiveIndicator
          state={isPaused ? 'paused' : 'live'}
          lastEventAt={ago(4)}
          onTogglePause={() => setPaused(!isPaused)}
        />
      }
    >
      <div className="mx-auto w-full max-w-6xl space-y-8 px-4 py-6">
        <h1 className="text-20">Gallery</h1>
        <ControlsGallery />
        <StatesGallery ago={ago} />
        <DataGallery ago={ago} />
        <RunbookGallery />
        <TokenGallery />
      </div>
    </Shell>
  )
}
