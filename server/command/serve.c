/* aftersalesd serve: workers and jobs, from the first check to the last request. */
#include "base/arena.h"
#include "base/log.h"
#include "base/settings.h"
#include "command/command.h"
#include "http/describe.h"
#include "http/files.h"
#include "http/kept.h"
#include "http/limit.h"
#include "http/openapi.h"
#include "http/version.h"
#include "http/worker.h"
#include "io/listen.h"
#include "job/clock.h"
#include "job/runner.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define CONNECT_TIMEOUT_MS 10000
/* Descriptors beside connections: sockets, epolls, log, files. */
#define SPARE_DESCRIPTORS 64

/* Database connections beside the loops': the clock's, the jobs', and some that are not ours. */
#define SPARE_CONNECTIONS 8

static struct worker *workers;
static int nworkers;

static int count_loops(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    if (settings.loops)
        return (int)settings.loops;
    return cores > 3 ? (int)(cores / 2) : 1;
}

/* MHD hangs clients when descriptors run out: better not to start. */
static bool descriptors_suffice(void)
{
    rlim_t pool = (rlim_t)dbpool_size(nworkers);
    rlim_t need = (rlim_t)nworkers * ((rlim_t)settings.connection_limit + pool) + SPARE_DESCRIPTORS;
    struct rlimit limit;

    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < need && limit.rlim_max >= need) {
        limit.rlim_cur = need;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= need)
        return true;
    fprintf(stderr,
            "aftersalesd: %llu file descriptors are needed, %llu allowed: raise the limit "
            "(ulimit -n) or lower AFTERSALES_CONNECTION_LIMIT.\n",
            (unsigned long long)need, (unsigned long long)limit.rlim_cur);
    return false;
}

/* Some stay for whoever migrates, imports or backs up meanwhile. */
static bool connections_suffice(void)
{
    int need = nworkers * dbpool_size(nworkers) + SPARE_CONNECTIONS;

    if (need <= describe_server_connections())
        return true;
    fprintf(stderr,
            "aftersalesd: %d database connections are needed, PostgreSQL allows %d: raise its "
            "max_connections, or lower AFTERSALES_LOOPS or AFTERSALES_WRITE_CONNECTIONS.\n",
            need, describe_server_connections());
    return false;
}

static bool start_workers(void)
{
    int *fds = xalloc((size_t)nworkers * sizeof *fds);
    bool good = listen_open(settings.listen_address, (int)settings.port, fds, nworkers);
    char port[16];

    workers = xalloc((size_t)nworkers * sizeof *workers);
    for (int i = 0; good && i < nworkers; i++)
        good = worker_init(&workers[i], nworkers, fds[i]) &&
               worker_connect(&workers[i], CONNECT_TIMEOUT_MS);
    for (int i = 0; good && i < nworkers; i++)
        worker_start(&workers[i]);
    if (good) {
        snprintf(port, sizeof port, "%d", listen_port(fds[0]));
        log_event(LOG_NOTE, "serving", "address", settings.listen_address, "port", port, "version",
                  AFTERSALES_VERSION, "libmicrohttpd", MHD_get_version(), "postgresql",
                  describe_server_version(), NULL);
    }
    free(fds);
    return good;
}

static bool start_metrics(void)
{
    if (!settings.metrics_port || metrics_start((int)settings.metrics_port, workers, nworkers))
        return true;
    fprintf(stderr,
            "aftersalesd: cannot listen on 127.0.0.1 port %ld for metrics: set "
            "AFTERSALES_METRICS_PORT to another, or to 0.\n",
            settings.metrics_port);
    return false;
}

/* The second signal does not wait. */
static void wait_for_signal(const sigset_t *signals)
{
    int signal_number;

    sigwait(signals, &signal_number);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, signals, NULL);
}

static void stop_all(void)
{
    log_event(LOG_NOTE, "draining", NULL);
    atomic_store(&draining, true);
    for (int i = 0; i < nworkers; i++)
        worker_stop(&workers[i]);
    for (int i = 0; i < nworkers; i++)
        pthread_join(workers[i].thread, NULL);
    metrics_stop();
    for (int i = 0; i < nworkers; i++)
        worker_release(&workers[i]);
    offload_stop();
    clock_job_stop();
    if (settings.jobs)
        runner_stop();
    free(workers);
    log_event(LOG_NOTE, "stopped", NULL);
}

/* Calculations may take all cores that the loops leave, passwords half of them. */
static void start_helpers(void)
{
    offload_start(OFFLOAD_PASSWORDS, nworkers > 4 ? nworkers / 2 : 1, (int)settings.password_queue);
    offload_start(OFFLOAD_CALCULATIONS, nworkers, (int)settings.calculation_queue);
}

int command_serve(int argc, char **argv)
{
    sigset_t signals;

    if (argc > 1)
        return command_usage(argv[0]);
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);                /* the terminal was closed */
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* inherited by all threads: only main hears them */
    nworkers = count_loops();
    log_threshold((enum log_level)settings.log_level);
    if (!command_secret() || !descriptors_suffice() || !describe_statements() ||
        !connections_suffice() || !files_load(settings.static_folder))
        return 1;
    limit_init();
    kept_limit((size_t)settings.answer_megabytes << 20);
    openapi_build();
    start_helpers();
    if (!start_workers() || !start_metrics())
        return 1;
    clock_job_start();
    if (settings.jobs)
        runner_start();
    wait_for_signal(&signals);
    stop_all();
    return 0;
}
