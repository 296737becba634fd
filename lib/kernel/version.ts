// The version of this product, as package.json states it.
import packageJson from '@/package.json'

export const VERSION: string = packageJson.version
