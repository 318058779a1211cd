/* How far a reading is. */
#include "job/import_progress.h"

#include "base/clock.h"

#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#define TERMINAL_EVERY_MS 200
#define LOG_EVERY_MS      10000

void import_progress_start(struct import_progress *progress, const char *phase)
{
    *progress = (struct import_progress){.phase = phase, .told_at = clock_ms()};
}

void import_progress_tell(struct import_progress *progress, int64_t done, int64_t whole)
{
    bool terminal = isatty(STDERR_FILENO);
    int64_t now = clock_ms();

    if (now - progress->told_at < (terminal ? TERMINAL_EVERY_MS : LOG_EVERY_MS))
        return;
    progress->told_at = now;
    fprintf(stderr, "%s%s: %lld %%%s", terminal ? "\r" : "", progress->phase,
            (long long)(whole > 0 ? done * 100 / whole : 100), terminal ? "" : "\n");
}

void import_progress_step(const char *what)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s", what);
}

void import_progress_clear(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}
