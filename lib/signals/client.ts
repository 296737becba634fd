// How browser code reads and changes signals. Types only from the contract: its schemas stay on the server.
import {
  infiniteQueryOptions,
  mutationOptions,
  queryOptions,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type { Severity } from '@/lib/detections/model'
import type { EventExplanation } from './contract/explanation'
import type { EventDetail, SignalDetail, SignalEventPage, SignalListItem, SignalPage } from './contract/signal'
import type {
  ChangedSignal,
  Claim,
  DecidedSignal,
  PinnedEvidence,
  SignalNote,
  StepReview,
  VerdictInput,
} from './contract/triage'
import { statusAfter, type EvidenceRef, type QueueStatus, type SettableStatus, type SignalStatus } from './model'

export interface SignalFilters {
  severity: readonly Severity[]
  status: readonly QueueStatus[]
  q: string
}

export const signalKeys = {
  all: ['signals'] as const,
  lists: ['signals', 'list'] as const,
  list: (filters: SignalFilters) => [...signalKeys.lists, filters] as const,
  detail: (signalId: number) => [...signalKeys.all, 'detail', signalId] as const,
  events: (signalId: number) => [...signalKeys.all, 'events', signalId] as const,
  /** Mutations that change a status or a verdict. */
  changes: ['signals', 'change'] as const,
}

/** Rows per page of the queue. */
export const SIGNAL_PAGE_SIZE = 50

/** The queue under some filters, page by page. */
export function signalsQuery(filters: SignalFilters) {
  return infiniteQueryOptions({
    queryKey: signalKeys.list(filters),
    queryFn: ({ pageParam, signal }) => api<SignalPage>(`/api/signals?${listSearch(filters, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

function listSearch(filters: SignalFilters, cursor: string | null): string {
  const search = new URLSearchParams({ limit: String(SIGNAL_PAGE_SIZE) })
  for (const severity of filters.severity) search.append('severity', severity)
  for (const status of filters.status) search.append('status', status)
  if (filters.q) search.set('q', filters.q)
  if (cursor) search.set('cursor', cursor)
  return search.toString()
}

/** One signal with everything the screens say about it. */
export function signalQuery(signalId: number) {
  return queryOptions({
    queryKey: signalKeys.detail(signalId),
    queryFn: ({ signal }) => api<SignalDetail>(`/api/signals/${signalId}`, { signal }),
  })
}

/** Events of a signal after those that its detail brings along. */
export function signalEventsQuery(signalId: number, cursor: string) {
  return infiniteQueryOptions({
    queryKey: [...signalKeys.events(signalId), cursor],
    queryFn: ({ pageParam, signal }) =>
      api<SignalEventPage>(`/api/signals/${signalId}/events?${new URLSearchParams({ cursor: pageParam })}`, { signal }),
    initialPageParam: cursor,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** One event with its JSON as received. Events never change, so it is read once. */
export function eventQuery(uuid: string) {
  return queryOptions({
    queryKey: ['events', uuid] as const,
    queryFn: ({ signal }) => api<EventDetail>(`/api/events/${encodeURIComponent(uuid)}`, { signal }),
    staleTime: Infinity,
  })
}

/** Why an event raised a signal, or why not. */
export function explanationQuery(uuid: string) {
  return queryOptions({
    queryKey: ['events', uuid, 'explanation'] as const,
    queryFn: ({ signal }) => api<EventExplanation>(`/api/events/${encodeURIComponent(uuid)}/explain`, { signal }),
  })
}

export interface StatusChange {
  signalId: number
  status: SettableStatus
  note?: string
  /** Version that the change is based on; another one in the database means a conflict. */
  version: number
}

/** A verdict with the signal it is about. */
export type Decision = VerdictInput & { signalId: number }

export interface Withdrawal {
  signalId: number
  version: number
  /** The status that the signal gets back, to be shown at once. */
  statusBefore: SignalStatus
  endSuppression: boolean
}

/** Changes a status by hand: open, in review, and so reopening. */
export function changeStatusMutation(queries: QueryClient) {
  return changeMutation(queries, {
    send: ({ signalId, ...body }: StatusChange) =>
      api<SignalDetail>(`/api/signals/${signalId}`, { method: 'PATCH', body }),
    guess: ({ status }) => ({ status }),
    learn: ({ status, verdict, version }) => ({ status, verdict, version }),
  })
}

/** Gives a verdict. Rows and page show its status at once; the version is that of the answer. */
export function decideSignalMutation(queries: QueryClient) {
  return changeMutation(queries, {
    send: ({ signalId, ...body }: Decision) =>
      api<DecidedSignal>(`/api/signals/${signalId}/verdict`, { method: 'POST', body }),
    guess: ({ verdict }) => ({ verdict, status: statusAfter(verdict), claim: null }),
    learn: ({ status, verdict, version }) => ({ status, verdict, version }),
  })
}

/** Takes a verdict back. */
export function withdrawVerdictMutation(queries: QueryClient) {
  return changeMutation(queries, {
    send: ({ signalId, version, endSuppression }: Withdrawal) =>
      api<ChangedSignal>(`/api/signals/${signalId}/verdict/withdraw`, {
        method: 'POST',
        body: { version, endSuppression },
      }),
    guess: ({ statusBefore }) => ({ verdict: null, status: statusBefore }),
    learn: ({ status, verdict, version }) => ({ status, verdict, version }),
  })
}

type ListData = InfiniteData<SignalPage, string | null>
type RowPatch = Partial<Pick<SignalListItem, 'status' | 'version' | 'verdict' | 'claim'>>

/**
 * A change of status or verdict: shown at once in every list and the page, taken back for that signal alone when it fails.
 *
 * Lists are refetched only when no other change is under way, else rows would flicker back to what they were.
 */
function changeMutation<Input extends { signalId: number }, Output>(
  queries: QueryClient,
  change: {
    send: (input: Input) => Promise<Output>
    guess: (input: Input) => RowPatch
    learn: (output: Output) => RowPatch
  },
) {
  return mutationOptions({
    mutationKey: signalKeys.changes,
    mutationFn: change.send,
    onMutate: async (input: Input) => {
      await queries.cancelQueries({ queryKey: signalKeys.all })
      const before = readRow(queries, input.signalId)
      writeRow(queries, input.signalId, change.guess(input))
      return { before }
    },
    onError: (_error, { signalId }, context) => {
      if (context?.before) writeRow(queries, signalId, context.before)
    },
    onSuccess: (output, { signalId }) => writeRow(queries, signalId, change.learn(output)),
    onSettled: () => {
      if (queries.isMutating({ mutationKey: signalKeys.changes }) > 1) return
      return queries.invalidateQueries({ queryKey: signalKeys.all })
    },
  })
}

function readRow(queries: QueryClient, signalId: number): RowPatch | undefined {
  const lists = queries.getQueriesData<ListData>({ queryKey: signalKeys.lists })
  const known: SignalListItem | undefined =
    queries.getQueryData<SignalDetail>(signalKeys.detail(signalId)) ??
    lists.flatMap(([, data]) => data?.pages.flatMap((page) => page.signals) ?? []).find(({ id }) => id === signalId)
  return known && { status: known.status, version: known.version, verdict: known.verdict, claim: known.claim }
}

/** Writes into every list and the detail that hold the signal; all others keep their identity and are not drawn again. */
function writeRow(queries: QueryClient, signalId: number, patch: RowPatch): void {
  queries.setQueriesData<ListData>({ queryKey: signalKeys.lists }, (data) => {
    if (!data?.pages.some((page) => page.signals.some((row) => row.id === signalId))) return data
    const pages = data.pages.map((page) => ({
      ...page,
      signals: page.signals.map((row) => (row.id === signalId ? { ...row, ...patch } : row)),
    }))
    return { ...data, pages }
  })
  queries.setQueryData<SignalDetail>(signalKeys.detail(signalId), (detail) => detail && { ...detail, ...patch })
}

/** Pins facts. They show at once under the number they will most likely get; the answer says which it is. */
export function pinEvidenceMutation(queries: QueryClient) {
  return caseMutation(queries, {
    send: ({ signalId, evidence }: { signalId: number; evidence: readonly EvidenceRef[] }) =>
      api<{ evidence: PinnedEvidence[] }>(`/api/signals/${signalId}/evidence`, { method: 'POST', body: { evidence } }),
    guess: (detail, { evidence }) => {
      const isNew = (ref: EvidenceRef) =>
        !detail.evidence.some(({ kind, ref: id }) => kind === ref.kind && id === ref.ref)
      const last = detail.evidence.at(-1)?.number ?? 0
      const pinnedAt = new Date().toISOString()
      const added = evidence
        .filter(isNew)
        .map((ref, index) => ({ ...ref, number: last + index + 1, pinnedAt, pinnedByName: 'you' }))
      return { evidence: [...detail.evidence, ...added] }
    },
  })
}

/** Removes a pinned fact. */
export function unpinEvidenceMutation(queries: QueryClient) {
  return caseMutation(queries, {
    send: ({ signalId, number }: { signalId: number; number: number }) =>
      api<{ evidence: PinnedEvidence[] }>(`/api/signals/${signalId}/evidence/${number}`, { method: 'DELETE' }),
    guess: ({ evidence }, { number }) => ({ evidence: evidence.filter((one) => one.number !== number) }),
  })
}

export interface NewNote {
  signalId: number
  kind: 'note' | 'handoff'
  body: string
  /** A uuid of the caller's, so that sending the note again adds nothing. */
  id?: string
}

/** Adds a note or a hand-off note. */
export function addNoteMutation(queries: QueryClient) {
  return caseMutation(queries, {
    send: ({ signalId, ...body }: NewNote) =>
      api<{ notes: SignalNote[] }>(`/api/signals/${signalId}/notes`, { method: 'POST', body }),
  })
}

/** Takes over what a hand-off note says. */
export function acknowledgeNoteMutation(queries: QueryClient) {
  return caseMutation(queries, {
    send: ({ signalId, noteId }: { signalId: number; noteId: string }) =>
      api<{ notes: SignalNote[] }>(`/api/signals/${signalId}/notes/${noteId}/acknowledge`, { method: 'POST' }),
  })
}

/** Claims a signal or renews the own claim. A running claim of somebody else is a conflict unless taking over is said. */
export function claimSignalMutation(queries: QueryClient) {
  return caseMutation(queries, {
    send: ({ signalId, takeOver = false }: { signalId: number; takeOver?: boolean }) =>
      api<{ claim: Claim }>(`/api/signals/${signalId}/claim`, { method: 'POST', body: { takeOver } }),
  })
}

/** Gives the own claim back. */
export function releaseClaimMutation(queries: QueryClient) {
  return caseMutation(queries, {
    send: ({ signalId }: { signalId: number }) =>
      api<{ claim: Claim }>(`/api/signals/${signalId}/claim`, { method: 'DELETE' }),
    guess: () => ({ claim: null }),
  })
}

/** Marks a step as reviewed, or takes the mark off. */
export function reviewStepMutation(queries: QueryClient) {
  return caseMutation(queries, {
    send: ({ signalId, step, isReviewed }: { signalId: number; step: number; isReviewed: boolean }) =>
      api<{ reviews: StepReview[] }>(`/api/signals/${signalId}/reviews/${step}`, {
        method: isReviewed ? 'PUT' : 'DELETE',
      }),
    guess: ({ reviews }, { step, isReviewed }) => {
      const others = reviews.filter((one) => one.step !== step)
      const mark = { step, reviewedAt: new Date().toISOString(), reviewerName: 'you' }
      return { reviews: isReviewed ? [...others, mark].sort((a, b) => a.step - b.step) : others }
    },
  })
}

/** What is kept beside the status of a case, as the answers name it. */
type CasePatch = Partial<Pick<SignalDetail, 'evidence' | 'notes' | 'reviews' | 'claim'>>

/** A change of what is kept beside a case: shown in its page at once where it can be guessed, and as answered from then on. */
function caseMutation<Input extends { signalId: number }, Output extends CasePatch>(
  queries: QueryClient,
  change: { send: (input: Input) => Promise<Output>; guess?: (detail: SignalDetail, input: Input) => CasePatch },
) {
  const write = (signalId: number, patch: CasePatch) => {
    queries.setQueryData<SignalDetail>(signalKeys.detail(signalId), (detail) => detail && { ...detail, ...patch })
    if (patch.claim !== undefined) writeRow(queries, signalId, { claim: patch.claim })
  }
  return mutationOptions({
    mutationKey: [...signalKeys.all, 'case'],
    // One after the other, so that an older answer never overwrites a newer one.
    scope: { id: 'signal-case' },
    mutationFn: change.send,
    onMutate: async (input: Input) => {
      const queryKey = signalKeys.detail(input.signalId)
      await queries.cancelQueries({ queryKey })
      const detail = queries.getQueryData<SignalDetail>(queryKey)
      if (detail && change.guess) write(input.signalId, change.guess(detail, input))
    },
    onSuccess: (output, { signalId }) => write(signalId, output),
    onError: (_error, { signalId }) => queries.invalidateQueries({ queryKey: signalKeys.detail(signalId) }),
  })
}
