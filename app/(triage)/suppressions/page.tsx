// What is expected and hidden, until when.
import { SuppressionsPage } from '@/components/suppressions/suppressions-page'
import { page } from '@/lib/http/page'

export const metadata = { title: 'Suppressions' }

export default page({ permission: 'suppressions:read' }, () => <SuppressionsPage />)
