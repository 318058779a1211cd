#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/worker.h"

/**
 * Start the worker's HTTP daemon on a listening socket; NULL if MHD refuses.
 * From here on MHD's callbacks make, run and end requests.
 */
struct MHD_Daemon *server_start(struct worker *worker, int listen_fd);

#endif
