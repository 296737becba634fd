// Every route module but that of the document itself. A test compares the list with the files under app/api.
import * as accountOrg from '../account/org/route'
import * as accountOrgs from '../account/orgs/route'
import * as auth from '../auth/[...nextauth]/route'
import * as event from '../events/[uuid]/route'
import * as health from '../health/route'
import * as ipEvents from '../ips/[ip]/events/route'
import * as ipIntelligence from '../ips/[ip]/intelligence/route'
import * as ipMatrix from '../ips/[ip]/matrix/route'
import * as ip from '../ips/[ip]/route'
import * as ips from '../ips/route'
import * as live from '../live/route'
import * as poll from '../poll/route'
import * as signalEvents from '../signals/[signalId]/events/route'
import * as signal from '../signals/[signalId]/route'
import * as signalRunbook from '../signals/[signalId]/runbook/route'
import * as signals from '../signals/route'

export const ROUTES = [
  accountOrg,
  accountOrgs,
  auth,
  event,
  health,
  ipEvents,
  ipIntelligence,
  ipMatrix,
  ip,
  ips,
  live,
  poll,
  signalEvents,
  signal,
  signalRunbook,
  signals,
]
