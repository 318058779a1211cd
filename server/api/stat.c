/* What all functions of the stat endpoint share. */
#include "api/stat.h"
#include "http/problem.h"
#include "stat/status.h"

#include <math.h>

/* A calculation, for which the request waits while a helper thread does it. */
struct slow {
    stat_fn *calculate;
    const void *in;
    const char *fault;
    struct text out;
};

double stat_or(double given, double otherwise)
{
    return isnan(given) ? otherwise : given;
}

const char *stat_status(int fit_status)
{
    static const char *const words[] = {
        [FIT_OK] = "ok",
        [FIT_NOT_CONVERGED] = "not_converged",
        [FIT_NOT_IDENTIFIED] = "not_identified",
        [FIT_NO_EVENTS] = "no_events",
        [FIT_BAD_INPUT] = "bad_input",
    };

    return words[fit_status];
}

static void calculate(struct request *req, struct slow *slow)
{
    slow->out = text_new(&req->arena);
    value_open(&slow->out, NULL, '{');
    slow->fault = slow->calculate(&req->arena, slow->in, &slow->out);
    value_close(&slow->out, '}');
}

static void answer(struct request *req, const struct slow *slow)
{
    if (slow->fault)
        reply_problem(req, INVALID_VALUE, slow->fault);
    else
        value_reply(req, &slow->out);
}

void stat_answer(struct request *req, void *in, size_t size, stat_fn *fn)
{
    struct slow slow = {.calculate = fn, .in = in};

    if (!body_read(req, in, size))
        return;
    calculate(req, &slow);
    answer(req, &slow);
}

static void work(struct request *req)
{
    calculate(req, req->state);
}

static void work_done(struct request *req)
{
    answer(req, req->state);
}

void stat_answer_slowly(struct request *req, void *in, size_t size, stat_fn *fn)
{
    struct slow *slow = arena_alloc(&req->arena, sizeof *slow);

    if (!body_read(req, in, size))
        return;
    slow->calculate = fn;
    slow->in = in;
    req->state = slow;
    req_offload(req, OFFLOAD_CALCULATIONS, work, work_done);
}
