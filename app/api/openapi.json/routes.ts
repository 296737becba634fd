// Every route module but that of the document itself. A test compares the list with the files under app/api.
import * as auth from '../auth/[...nextauth]/route'
import * as health from '../health/route'
import * as live from '../live/route'
import * as poll from '../poll/route'

export const ROUTES = [auth, health, live, poll]
