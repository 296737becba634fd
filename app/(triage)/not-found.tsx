// Shown inside the frame, e.g. for a signal that is not there.
import { NothingHere } from '@/components/patterns/nothing-here'

export default NothingHere
