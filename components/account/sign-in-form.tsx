'use client'
// Sign-in with e-mail address and password.
import { Field } from '@/components/ui/field'
import { TextInput } from '@/components/ui/text-input'
import { signInWithPassword } from './account-client'
import { CredentialsForm } from './credentials-form'

export function SignInForm({ next, isNew }: { next: string; isNew: boolean }) {
  return (
    <CredentialsForm
      title="Sign in"
      action="Sign in"
      next={next}
      fieldNames={[]}
      submit={({ email = '', password = '' }) => signInWithPassword({ email, password })}
      footer={
        <p className="text-12 text-ink-muted">
          {isNew
            ? 'Nobody has a password yet. Open the one-time link that npm start printed.'
            : 'Forgot your password? An administrator can make you a one-time link.'}
        </p>
      }
    >
      {() => (
        <>
          <Field label="E-mail" isRequired>
            <TextInput name="email" type="email" size="large" autoComplete="username" autoFocus />
          </Field>
          <Field label="Password" isRequired>
            <TextInput name="password" type="password" size="large" autoComplete="current-password" />
          </Field>
        </>
      )}
    </CredentialsForm>
  )
}
