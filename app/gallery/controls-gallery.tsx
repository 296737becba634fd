'use client'
// Primitives: buttons, fields, marks, windows, menus, messages.
import { Ban, Pause, Search } from 'lucide-react'
import { useState } from 'react'
import { copyText } from '@/components/patterns/copy-text'
import { useOpenKeysSheet } from '@/components/patterns/keys/keys-provider'
import { showToast } from '@/components/patterns/toast'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import { Mark, type MarkShape } from '@/components/ui/mark'
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu'
import { Popover } from '@/components/ui/popover'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { TextInput } from '@/components/ui/text-input'
import { Line, Section } from './section'

const SHAPES: MarkShape[] = [
  'triangle',
  'diamond',
  'square',
  'circle',
  'ring',
  'plus',
  'hexagon',
  'half',
  'check',
  'cross',
  'question',
  'copies',
]

export function ControlsGallery() {
  return (
    <>
      <Marks />
      <Buttons />
      <Fields />
      <Windows />
    </>
  )
}

function Marks() {
  return (
    <Section title="Marks, badges, keys">
      <Line>
        <Badge tone="high" mark="triangle">
          HIGH
        </Badge>
        <Badge tone="medium" mark="diamond">
          MEDIUM
        </Badge>
        <Badge tone="low" mark="square">
          LOW
        </Badge>
        <Badge tone="info" mark="circle">
          INFO
        </Badge>
        <Badge tone="benign" mark="check">
          Benign
        </Badge>
        <Badge>Neutral</Badge>
      </Line>
      <Line>
        {SHAPES.map((shape) => (
          <span key={shape} className="inline-flex items-center gap-1.5 pr-2 text-12">
            <Mark shape={shape} /> {shape}
          </span>
        ))}
      </Line>
      <Line>
        <Mark shape="triangle" tone="high" /> High <Mark shape="diamond" tone="medium" /> Medium{' '}
        <Mark shape="square" tone="low" /> Low <Mark shape="circle" tone="info" /> Info{' '}
        <Mark shape="check" tone="benign" /> Benign
      </Line>
      <Line>
        <Kbd keys="j" isSpoken /> <Kbd keys="g q" isSpoken /> <Kbd keys="Mod+k" isSpoken />{' '}
        <Kbd keys="Enter" isSpoken /> <Kbd keys="?" isSpoken />
      </Line>
    </Section>
  )
}

function Buttons() {
  return (
    <Section title="Buttons">
      {(['medium', 'small', 'large'] as const).map((size) => (
        <Line key={size}>
          <Button size={size} tone="primary" shortcut="e">
            Save verdict
          </Button>
          <Button size={size} shortcut="c">
            Claim
          </Button>
          <Button size={size} tone="quiet">
            Clear filters
          </Button>
          <Button size={size} tone="danger">
            Revoke key
          </Button>
          <Button size={size} icon={<Ban aria-hidden size={14} />}>
            With icon
          </Button>
          <Button size={size} disabled>
            Not allowed
          </Button>
          <IconButton size={size} label="Pause live updates" icon={<Pause aria-hidden size={14} />} />
          <IconButton size={size} hasBorder label="Find" icon={<Search aria-hidden size={14} />} />
        </Line>
      ))}
    </Section>
  )
}

function Fields() {
  const [choice, setChoice] = useState('a')
  const options = [
    { value: 'analyst', label: 'Analyst' },
    { value: 'viewer', label: 'Viewer' },
  ]
  return (
    <Section title="Fields">
      <div className="grid gap-4 min-column:grid-cols-3">
        <Field label="E-mail address" isRequired>
          <TextInput type="email" autoComplete="off" placeholder="name@example.com" />
        </Field>
        <Field
          label="Address or range"
          hint="IPv4 or IPv6, defanged forms too."
          error="192.0.2.300 is no address. Check the last part."
        >
          <TextInput isMono defaultValue="192.0.2.300" />
        </Field>
        <Field label="Search" isLabelHidden>
          <TextInput icon={<Search aria-hidden size={14} />} placeholder="Account, address, token" />
        </Field>
        <Field label="Role">
          <Select options={options} />
        </Field>
        <Field label="Not yours to change" hint="Ask an administrator.">
          <TextInput defaultValue="example.okta.com" disabled />
        </Field>
        <Field label="Note" hint="Plain text.">
          <TextArea defaultValue="Known · Not known · Next step" />
        </Field>
      </div>
      <Line>
        <Checkbox label="High" mark={<Mark shape="triangle" tone="high" size={10} />} count={4} defaultChecked />
        <Checkbox label="Medium" mark={<Mark shape="diamond" tone="medium" size={10} />} count={19} />
        <Checkbox label="Some" isIndeterminate />
        <Checkbox label="Not allowed" disabled />
        {['a', 'b'].map((value) => (
          <Checkbox
            key={value}
            type="radio"
            name="gallery-choice"
            label={`Choice ${value}`}
            checked={choice === value}
            onChange={() => setChoice(value)}
          />
        ))}
      </Line>
    </Section>
  )
}

function Windows() {
  const [zone, setZone] = useState('utc')
  const openSheet = useOpenKeysSheet()
  return (
    <Section title="Windows, menus, messages">
      <Line>
        <Dialog
          title="End suppression"
          description="Signals that match are shown again from now on."
          trigger={<Button>Open dialog</Button>}
          footer={<Button tone="primary">End suppression</Button>}
        >
          <Field label="Reason">
            <TextInput />
          </Field>
        </Dialog>
        <Dialog title="Mark benign VPN" place="drawer" trigger={<Button>Open drawer</Button>}>
          <p>A drawer keeps the place in the list behind it.</p>
        </Dialog>
        <Popover label="Change status" trigger={<Button>Open popover</Button>}>
          <Field label="Note">
            <TextArea />
          </Field>
        </Popover>
        <Menu trigger={<Button>Open menu</Button>}>
          <MenuLabel>Signal</MenuLabel>
          <MenuItem shortcut="c" onSelect={() => {}}>
            Claim
          </MenuItem>
          <MenuItem isDisabled onSelect={() => {}}>
            Merge: needs the role analyst
          </MenuItem>
          <MenuSeparator />
          <MenuChoices
            label="Show times in"
            value={zone}
            onChange={setZone}
            choices={[
              { value: 'utc', label: 'UTC' },
              { value: 'own', label: 'My zone', hint: 'CET' },
            ]}
          />
        </Menu>
        <Button onClick={openSheet}>Show keys</Button>
        <Button
          onClick={() =>
            showToast({ message: 'SIG-1042 closed', undo: () => showToast({ message: 'SIG-1042 open again' }) })
          }
        >
          Message with undo
        </Button>
        <Button onClick={() => showToast({ message: 'Couldn’t close: Ana changed it 2 s ago', isError: true })}>
          Failure
        </Button>
        <Button onClick={() => void copyText('198.51.100[.]7')}>Copy</Button>
      </Line>
    </Section>
  )
}
