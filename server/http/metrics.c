/* Counters, and the loopback listener that tells them. */
#include "http/metrics.h"
#include "http/route.h"
#include "http/version.h"
#include "http/worker.h"

#include <arpa/inet.h>
#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const int64_t bounds_us[METRICS_BUCKETS] = {1000,   2500,   5000,    10000,    25000,
                                                   100000, 500000, 2500000, INT64_MAX};

static struct {
    struct MHD_Daemon *daemon;
    struct worker *workers;
    int nworkers;
} exporter;

static void bump(_Atomic uint64_t *counter, uint64_t by)
{
    atomic_fetch_add_explicit(counter, by, memory_order_relaxed);
}

void metrics_count(struct metrics *metrics, const struct request *req, int64_t us)
{
    size_t row = req->route ? (size_t)(req->route - routes) : nroutes;
    struct route_metrics *route = &metrics->route[row];
    int bucket = 0;

    while (us > bounds_us[bucket])
        bucket++;
    bump(&route->bucket[bucket], 1);
    bump(&route->us, (uint64_t)us);
    bump(&route->status[req->reply.status / 100 % 6], 1);
    if (req->idempotency.replayed)
        bump(&metrics->replays, 1);
}

typedef uint64_t sum_fn(const struct metrics *metrics, size_t row, int index);

static uint64_t bucket_of(const struct metrics *metrics, size_t row, int index)
{
    return atomic_load_explicit(&metrics->route[row].bucket[index], memory_order_relaxed);
}

static uint64_t status_of(const struct metrics *metrics, size_t row, int index)
{
    return atomic_load_explicit(&metrics->route[row].status[index], memory_order_relaxed);
}

static uint64_t us_of(const struct metrics *metrics, size_t row, int index)
{
    (void)index;
    return atomic_load_explicit(&metrics->route[row].us, memory_order_relaxed);
}

static uint64_t sum(struct worker *workers, int nworkers, sum_fn *get, size_t row, int index)
{
    uint64_t total = 0;

    for (int i = 0; i < nworkers; i++)
        total += get(&workers[i].metrics, row, index);
    return total;
}

static void write_route(struct text *text, struct worker *workers, int n, size_t row)
{
    const char *method = row < nroutes ? routes[row].method : "";
    const char *pattern = row < nroutes ? routes[row].pattern : "other";
    uint64_t count = 0;

    for (int i = 0; i < METRICS_BUCKETS; i++) {
        count += sum(workers, n, bucket_of, row, i);
        text_printf(text, "aftersales_request_seconds_bucket{method=\"%s\",route=\"%s\",le=\"",
                    method, pattern);
        if (bounds_us[i] == INT64_MAX)
            text_puts(text, "+Inf");
        else
            text_printf(text, "%g", (double)bounds_us[i] / 1e6);
        text_printf(text, "\"} %llu\n", (unsigned long long)count);
    }
    text_printf(text, "aftersales_request_seconds_sum{method=\"%s\",route=\"%s\"} %g\n", method,
                pattern, (double)sum(workers, n, us_of, row, 0) / 1e6);
    text_printf(text, "aftersales_request_seconds_count{method=\"%s\",route=\"%s\"} %llu\n", method,
                pattern, (unsigned long long)count);
}

static void write_statuses(struct text *text, struct worker *workers, int n)
{
    text_puts(text, "# TYPE aftersales_responses_total counter\n");
    for (int class = 1; class < 6; class ++) {
        uint64_t count = 0;

        for (size_t row = 0; row <= nroutes; row++)
            count += sum(workers, n, status_of, row, class);
        text_printf(text, "aftersales_responses_total{class=\"%dxx\"} %llu\n", class,
                    (unsigned long long)count);
    }
}

static void write_workers(struct text *text, struct worker *workers, int nworkers)
{
    uint64_t opened = 0, closed = 0, cut = 0, replays = 0, lag = 0;
    int64_t load = 0;
    int ready = 1;

    for (int i = 0; i < nworkers; i++) {
        struct metrics *metrics = &workers[i].metrics;
        uint64_t turn = atomic_exchange_explicit(&metrics->loop_lag_us, 0, memory_order_relaxed);

        opened += metrics->connections;
        closed += metrics->connections_closed;
        cut += metrics->cut;
        replays += metrics->replays;
        lag = turn > lag ? turn : lag;
        load += metrics->database_load;
        ready &= metrics->database_ready;
    }
    text_printf(text,
                "# TYPE aftersales_connections gauge\naftersales_connections %llu\n"
                "# TYPE aftersales_connections_cut_total counter\n"
                "aftersales_connections_cut_total %llu\n"
                "# TYPE aftersales_idempotent_replays_total counter\n"
                "aftersales_idempotent_replays_total %llu\n"
                "# TYPE aftersales_loop_turn_seconds_max gauge\n"
                "aftersales_loop_turn_seconds_max %g\n"
                "# TYPE aftersales_database_calls gauge\naftersales_database_calls %lld\n"
                "# TYPE aftersales_database_up gauge\naftersales_database_up %d\n"
                "# TYPE aftersales_password_checks_waiting gauge\n"
                "aftersales_password_checks_waiting %d\n"
                "# TYPE aftersales_calculations_waiting gauge\n"
                "aftersales_calculations_waiting %d\n",
                (unsigned long long)(opened - closed), (unsigned long long)cut,
                (unsigned long long)replays, (double)lag / 1e6, (long long)load, ready,
                offload_waiting(OFFLOAD_PASSWORDS), offload_waiting(OFFLOAD_CALCULATIONS));
}

void metrics_write(struct text *text, struct worker *workers, int nworkers)
{
    text_printf(text,
                "# TYPE aftersales_build_info gauge\naftersales_build_info{version=\"%s\"} 1\n",
                AFTERSALES_VERSION);
    write_workers(text, workers, nworkers);
    write_statuses(text, workers, nworkers);
    text_puts(text, "# TYPE aftersales_request_seconds histogram\n");
    for (size_t row = 0; row <= nroutes; row++)
        write_route(text, workers, nworkers, row);
}

static enum MHD_Result on_scrape(void *cls, struct MHD_Connection *conn, const char *url,
                                 const char *method, const char *version, const char *upload,
                                 size_t *upload_size, void **con_cls)
{
    struct arena arena = {0};
    struct text text = text_new(&arena);
    struct MHD_Response *response;
    bool found = !strcmp(url, "/metrics") && !strcmp(method, "GET");
    enum MHD_Result result;

    (void)cls, (void)version, (void)upload, (void)upload_size, (void)con_cls;
    if (found)
        metrics_write(&text, exporter.workers, exporter.nworkers);
    else
        text_puts(&text, "Only GET /metrics is here.\n");
    response = MHD_create_response_from_buffer(text.len, text.bytes, MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    result = MHD_queue_response(conn, found ? 200 : 404, response);
    MHD_destroy_response(response);
    arena_clear(&arena);
    return result;
}

bool metrics_start(int port, struct worker *workers, int nworkers)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    assert(nroutes <= METRICS_ROUTES_MAX);
    exporter.workers = workers;
    exporter.nworkers = nworkers;
    exporter.daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0, NULL, NULL, on_scrape,
                         NULL, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_LIMIT, 16u,
                         MHD_OPTION_CONNECTION_TIMEOUT, 10u, MHD_OPTION_END);
    return exporter.daemon;
}

void metrics_stop(void)
{
    if (exporter.daemon)
        MHD_stop_daemon(exporter.daemon);
}
