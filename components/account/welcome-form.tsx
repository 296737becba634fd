'use client'
// The use of a one-time link: who you are, and the password for next time.
import { Field } from '@/components/ui/field'
import { TextInput } from '@/components/ui/text-input'
import { PASSWORD_MIN_LENGTH } from '@/lib/auth/core/credentials'
import { signInWithLink } from './account-client'
import { CredentialsForm } from './credentials-form'

export function WelcomeForm({
  token,
  invitation,
}: {
  token: string
  invitation: { email: string | null; name: string }
}) {
  return (
    <CredentialsForm
      title="Welcome"
      action="Set password and sign in"
      next="/"
      fieldNames={['email', 'name', 'password']}
      submit={({ email, name = '', password = '' }) => signInWithLink({ token, email, name, password })}
    >
      {(messages) => (
        <>
          {invitation.email === null ? (
            <Field label="E-mail" isRequired error={messages.email} hint="You sign in with it.">
              <TextInput name="email" type="email" size="large" autoComplete="username" autoFocus />
            </Field>
          ) : (
            <p className="text-13">
              You sign in as <strong className="font-semibold break-all">{invitation.email}</strong>.
              {/* For password managers, which file the new password under it. */}
              <input type="email" name="username" autoComplete="username" value={invitation.email} readOnly hidden />
            </p>
          )}
          <Field label="Your name" isRequired error={messages.name}>
            <TextInput name="name" size="large" autoComplete="name" defaultValue={invitation.name} />
          </Field>
          <Field
            label="Password"
            isRequired
            error={messages.password}
            hint={`At least ${PASSWORD_MIN_LENGTH} characters; a few words are easiest.`}
          >
            <TextInput
              name="password"
              type="password"
              size="large"
              autoComplete="new-password"
              minLength={PASSWORD_MIN_LENGTH}
            />
          </Field>
        </>
      )}
    </CredentialsForm>
  )
}
