#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H

#include "base/text.h"
#include "http/request.h"

#include <stdatomic.h>

#define METRICS_ROUTES_MAX 128
#define METRICS_BUCKETS    9

struct worker;

/**
 * Counters of one worker. Only its thread writes them; the metrics listener
 * reads all workers' and adds them up.
 */
struct metrics {
    /* The last row is for requests without a route. */
    struct route_metrics {
        _Atomic uint64_t bucket[METRICS_BUCKETS]; /* by duration */
        _Atomic uint64_t status[6];               /* 1xx .. 5xx */
        _Atomic uint64_t us;
    } route[METRICS_ROUTES_MAX + 1];
    _Atomic uint64_t connections, connections_closed, cut, replays;
    _Atomic uint64_t loop_lag_us; /* longest turn since it was last read */
    _Atomic int64_t database_load;
    _Atomic int database_ready;
};

/** Count a finished request. */
void metrics_count(struct metrics *metrics, const struct request *req, int64_t us);
/** Serve /metrics on 127.0.0.1:`port` from a thread of its own; false if that fails. */
bool metrics_start(int port, struct worker *workers, int nworkers);
void metrics_stop(void);
/** Append the exposition (Prometheus text format 0.0.4). */
void metrics_write(struct text *text, struct worker *workers, int nworkers);

#endif
