import { route } from '@/lib/http/route'
import { listCatalogueEndpoint } from '@/lib/intel/contract/feed'
import { listCatalogue } from '@/lib/intel/service/list-catalogue'

export const GET = route(listCatalogueEndpoint, ({ actor }) => listCatalogue({ actor }))
