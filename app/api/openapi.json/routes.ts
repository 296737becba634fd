// Every route module but that of the document itself. A test compares the list with the files under app/api.
import * as accountOrg from '../account/org/route'
import * as accountOrgs from '../account/orgs/route'
import * as auth from '../auth/[...nextauth]/route'
import * as eventExplain from '../events/[uuid]/explain/route'
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
import * as notifications from '../notifications/route'
import * as notificationsRead from '../notifications/read/route'
import * as poll from '../poll/route'
import * as signalClaim from '../signals/[signalId]/claim/route'
import * as signalEvents from '../signals/[signalId]/events/route'
import * as signalEvidenceBundle from '../signals/[signalId]/evidence-bundle/route'
import * as signalEvidenceNumber from '../signals/[signalId]/evidence/[number]/route'
import * as signalEvidence from '../signals/[signalId]/evidence/route'
import * as signalNoteAcknowledge from '../signals/[signalId]/notes/[noteId]/acknowledge/route'
import * as signalNotes from '../signals/[signalId]/notes/route'
import * as signalReviews from '../signals/[signalId]/reviews/[step]/route'
import * as signalOktaLookups from '../signals/[signalId]/okta-lookups/route'
import * as signal from '../signals/[signalId]/route'
import * as signalRunbook from '../signals/[signalId]/runbook/route'
import * as signalSuppressionOptions from '../signals/[signalId]/suppression-options/route'
import * as signalVerdict from '../signals/[signalId]/verdict/route'
import * as signalVerdictWithdraw from '../signals/[signalId]/verdict/withdraw/route'
import * as signals from '../signals/route'
import * as suppressedFindings from '../suppressed-findings/route'
import * as suppressionEnd from '../suppressions/[suppressionId]/end/route'
import * as suppressionRenew from '../suppressions/[suppressionId]/renew/route'
import * as suppression from '../suppressions/[suppressionId]/route'
import * as suppressions from '../suppressions/route'
import * as token from '../tokens/[tokenId]/route'

export const ROUTES = [
  accountOrg,
  accountOrgs,
  auth,
  eventExplain,
  event,
  feedCatalogueEntry,
  feedCatalogue,
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
  notifications,
  notificationsRead,
  poll,
  signalClaim,
  signalEvents,
  signalEvidenceBundle,
  signalEvidenceNumber,
  signalEvidence,
  signalNoteAcknowledge,
  signalNotes,
  signalOktaLookups,
  signalReviews,
  signal,
  signalRunbook,
  signalSuppressionOptions,
  signalVerdict,
  signalVerdictWithdraw,
  signals,
  suppressedFindings,
  suppressionEnd,
  suppressionRenew,
  suppression,
  suppressions,
  token,
]
