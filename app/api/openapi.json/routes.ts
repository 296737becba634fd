// Every route module but that of the document itself. A test compares the list with the files under app/api.
import * as accountOrg from '../account/org/route'
import * as accountOrgs from '../account/orgs/route'
import * as auth from '../auth/[...nextauth]/route'
import * as event from '../events/[uuid]/route'
import * as feedCatalogueEntry from '../feed-catalogue/[catalogueId]/route'
import * as feedCatalogue from '../feed-catalogue/route'
import * as feedHeld from '../feeds/[feedId]/held/route'
import * as feedRefresh from '../feeds/[feedId]/refresh/route'
import * as feed from '../feeds/[feedId]/route'
import * as feeds from '../feeds/route'
import * as health from '../health/route'
import * as intelTest from '../intel/test/route'
import * as ipEvents from '../ips/[ip]/events/route'
import * as ipIntelligence from '../ips/[ip]/intelligence/route'
import * as ipLookups from '../ips/[ip]/lookups/route'
import * as ipMatrix from '../ips/[ip]/matrix/route'
import * as ip from '../ips/[ip]/route'
import * as ips from '../ips/route'
import * as live from '../live/route'
import * as lookupProvider from '../lookups/[provider]/route'
import * as lookups from '../lookups/route'
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
  feedCatalogue,
  feedCatalogueEntry,
  feedHeld,
  feedRefresh,
  feed,
  feeds,
  health,
  intelTest,
  ipEvents,
  ipIntelligence,
  ipLookups,
  ipMatrix,
  ip,
  ips,
  live,
  lookupProvider,
  lookups,
  poll,
  signalEvents,
  signal,
  signalRunbook,
  signals,
]
