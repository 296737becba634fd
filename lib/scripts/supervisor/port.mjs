// @ts-check
import net from 'node:net'

/**
 * True when another program listens where we want to. Connecting finds programs that share the port by another address;
 * listening finds those that do not answer.
 *
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
export async function isPortInUse(port, host) {
  const answers = await Promise.all(['127.0.0.1', '::1'].map((address) => isAnswering(port, address)))
  return answers.includes(true) || !(await canListen(port, host))
}

/**
 * A port that nobody uses now, preferably the given one.
 *
 * @param {number} [preferred]
 * @returns {Promise<number>}
 */
export async function findFreePort(preferred) {
  if (preferred && !(await isPortInUse(preferred, '127.0.0.1'))) return preferred
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address())
      server.close(() => resolve(port))
    })
  })
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function isAnswering(port, host) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host, timeout: 1000 })
    const settle = (/** @type {boolean} */ isConnected) => {
      socket.destroy()
      resolve(isConnected)
    }
    socket
      .on('connect', () => settle(true))
      .on('error', () => settle(false))
      .on('timeout', () => settle(false))
  })
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function canListen(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.on('error', (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
