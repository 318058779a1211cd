// Everything a test needs: a private PostgreSQL, the daemon on a free port, and clients for it.

export { ACCOUNTS, FLAG, LINES, PARTNERS, PRODUCTS, nobody } from './support/accounts.js';
export { Client, assertFields, assertProblem, cost, filing, key, registration, serial } from './support/client.js';
export { Cluster } from './support/cluster.js';
export {
    BINARY, BUILD, Daemon, ROOT, command, environment, freePort, freshDatabase, startDaemon, testCluster,
} from './support/daemon.js';
export { exchange, raw, replies } from './support/http.js';
