// What a one-time link shows once it no longer works.
import { Button } from '@/components/ui/button'

export function SpentLink() {
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-20 font-semibold">This link no longer works</h1>
      <p>
        It was used already, or it has expired. If you chose a password with it, sign in. Otherwise ask for a new link:
      </p>
      <ul className="list-disc pl-5">
        <li>
          an administrator can make one with{' '}
          <code className="font-mono text-12">npm run -s sign-in-link -- --email ADDRESS</code>;
        </li>
        <li>
          <code className="font-mono text-12">npm start</code> prints one until the first person has a password.
        </li>
      </ul>
      <Button tone="primary" size="large" isWide asChild>
        <a href="/sign-in">Sign in</a>
      </Button>
    </div>
  )
}
