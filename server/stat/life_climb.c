/* The climb to a peak of the likelihood. */
#include "stat/life_model.h"

#include <math.h>

#define STEPS_MAX    200
#define DAMPINGS_MAX 40
/* Twice the gain Newton's step promises; one more step squares what is left of it. */
#define CLOSE    1e-10
#define STEP_MAX 2
/* Where a parameter has left for infinity. */
#define LOG_SIGMA_MAX 8
#define LOGIT_MAX     30
/* Of a diagonal element: what is left of it below is nothing but rounding. */
#define PIVOT_MIN 1e-11
/* A parameter that may be off by e^10000 or more has not been measured. */
#define VARIANCE_MAX 1e8

#define N LIFE_PARAMETERS

/* The information, of rows and columns that are free; the others are those of the unit matrix. */
struct matrix {
    double at[N][N];
};

static struct matrix information(const struct life_slope *slope, unsigned free_bits, double damping)
{
    struct matrix m = {0};

    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            if (free_bits & LIFE_FREE(i) && free_bits & LIFE_FREE(j))
                m.at[i][j] = -slope->h[i][j] + (i == j ? damping * fabs(slope->h[i][i]) : 0);
    for (size_t i = 0; i < N; i++)
        if (!(free_bits & LIFE_FREE(i)))
            m.at[i][i] = 1;
    return m;
}

/* Cholesky's factor in the lower triangle; false unless safely positive definite. */
static bool factorise(struct matrix *m)
{
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = m->at[i][j];

            for (size_t k = 0; k < j; k++)
                sum -= m->at[i][k] * m->at[j][k];
            if (i != j)
                m->at[i][j] = sum / m->at[j][j];
            else if (sum > PIVOT_MIN * fabs(m->at[i][i]) && isfinite(sum))
                m->at[i][i] = sqrt(sum);
            else
                return false;
        }
    return true;
}

static void solve(const struct matrix *factor, double x[N])
{
    for (size_t i = 0; i < N; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= factor->at[i][k] * x[k];
        x[i] /= factor->at[i][i];
    }
    for (size_t i = N; i-- > 0;) {
        for (size_t k = i + 1; k < N; k++)
            x[i] -= factor->at[k][i] * x[k];
        x[i] /= factor->at[i][i];
    }
}

static bool usable(const struct life_slope *slope)
{
    double sum = slope->value;

    for (size_t i = 0; i < N; i++) {
        sum += slope->g[i];
        for (size_t j = 0; j < N; j++)
            sum += slope->h[i][j];
    }
    return isfinite(sum);
}

struct climb {
    const struct life_cell *cells;
    size_t n;
    unsigned free_bits;
    struct life_curve curve;
    struct life_slope slope;
};

/* The step for a damping, and the gain it promises; false if the information allows none. */
static bool step_for(const struct climb *climb, double damping, double step[N], double *promise)
{
    struct matrix m = information(&climb->slope, climb->free_bits, damping);
    double greatest = 0;

    if (!factorise(&m))
        return false;
    for (size_t i = 0; i < N; i++)
        step[i] = climb->free_bits & LIFE_FREE(i) ? climb->slope.g[i] : 0;
    solve(&m, step);
    *promise = 0;
    for (size_t i = 0; i < N; i++) {
        *promise += step[i] * climb->slope.g[i];
        greatest = fmax(greatest, fabs(step[i]));
    }
    for (size_t i = 0; greatest > STEP_MAX && i < N; i++)
        step[i] *= STEP_MAX / greatest;
    return true;
}

/* Go there unless it is lower; a difference of rounding is not. */
static bool go(struct climb *climb, const double step[N])
{
    struct life_curve next = climb->curve;
    struct life_slope slope;

    for (size_t i = 0; i < N; i++)
        if (climb->free_bits & LIFE_FREE(i))
            next.at[i] += step[i];
    slope = life_likelihood(&next, climb->cells, climb->n);
    if (!usable(&slope) || slope.value < climb->slope.value - 1e-13 * fabs(climb->slope.value))
        return false;
    climb->curve = next;
    climb->slope = slope;
    return true;
}

/* One step, damped until it climbs. FIT_OK: arrived. */
static enum fit_status advance(struct climb *climb)
{
    double damping = 0, step[N], promise;

    for (size_t i = 0; i < DAMPINGS_MAX; i++) {
        if (step_for(climb, damping, step, &promise)) {
            bool went = go(climb, step);

            if (promise < CLOSE)
                return damping > 0 ? FIT_NOT_IDENTIFIED : FIT_OK;
            if (went)
                return FIT_NOT_CONVERGED;
        }
        damping = damping > 0 ? damping * 4 : 1e-3;
    }
    return FIT_NOT_IDENTIFIED;
}

static bool runs_away(const struct climb *climb)
{
    const double *at = climb->curve.at;

    return fabs(at[LIFE_LOG_SIGMA]) > LOG_SIGMA_MAX ||
           (climb->free_bits & LIFE_FREE(LIFE_DEAD) && fabs(at[LIFE_DEAD]) > LOGIT_MAX) ||
           (climb->free_bits & LIFE_FREE(LIFE_DEFECTIVE) && fabs(at[LIFE_DEFECTIVE]) > LOGIT_MAX);
}

static bool finish(const struct climb *climb, struct life_fit *fit)
{
    struct matrix m = information(&climb->slope, climb->free_bits, 0);

    if (!factorise(&m))
        return false;
    fit->fitted = 0;
    for (size_t i = 0; i < N; i++) {
        double column[N] = {0};

        if (!(climb->free_bits & LIFE_FREE(i)))
            continue;
        column[i] = 1;
        solve(&m, column);
        if (!(column[i] < VARIANCE_MAX))
            return false;
        for (size_t j = 0; j < N; j++)
            fit->covariance[j][i] = column[j];
        fit->fitted++;
    }
    fit->curve = climb->curve;
    fit->log_likelihood = climb->slope.value;
    fit->aic = 2 * (double)fit->fitted - 2 * fit->log_likelihood;
    return true;
}

enum fit_status life_climb(const struct life_cell *cells, size_t n, unsigned free_bits,
                           struct life_fit *fit)
{
    struct climb climb = {cells, n, free_bits, fit->curve, life_likelihood(&fit->curve, cells, n)};
    enum fit_status status = FIT_NOT_CONVERGED;

    if (!usable(&climb.slope))
        return FIT_NOT_CONVERGED;
    for (size_t i = 0; i < STEPS_MAX && status == FIT_NOT_CONVERGED; i++) {
        status = advance(&climb);
        if (runs_away(&climb))
            status = FIT_NOT_IDENTIFIED;
    }
    return status == FIT_OK && !finish(&climb, fit) ? FIT_NOT_IDENTIFIED : status;
}
