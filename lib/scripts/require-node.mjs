// Refuses a Node.js that is too old, with one line. Imported first by every entry point, so it uses only old syntax.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node.js ${process.versions.node} is too old: install version 20.19 or newer (see https://nodejs.org).`)
  process.exit(1)
}
