/* Lots whose units last differently. */
#include "api/curve.h"
#include "line/lots.h"

static void tell_lot(struct text *out, const struct lot_fit *lot, double age)
{
    value_open(out, NULL, '{');
    value_word(out, "lot", lot->lot);
    value_number(out, "n", lot->n);
    value_number(out, "x", lot->x);
    value_number(out, "rate", life_cdf(&lot->own, age + 0.5));
    value_number(out, "others_rate", life_cdf(&lot->others, age + 0.5));
    value_number(out, "eta", life_eta(&lot->own));
    value_number(out, "beta", life_beta(&lot->own));
    value_number(out, "statistic", lot->statistic);
    value_number(out, "p", lot->p);
    value_number(out, "q", lot->q);
    value_flag(out, "differs", lot->differs);
    value_close(out, '}');
}

void curve_tell_lots(struct analysis *analysis, const struct curve *curve)
{
    struct lots lots;
    size_t differ = 0;

    lots_test(&lots, analysis->arena, curve->lifetimes);
    value_open(analysis->out, "segments", '[');
    for (size_t i = 0; i < lots.n; i++) {
        tell_lot(analysis->out, &lots.at[i], curve->age);
        differ += lots.at[i].differs;
    }
    value_close(analysis->out, ']');
    if (differ)
        analysis_warn(analysis, "lots_differ",
                      arena_printf(analysis->arena,
                                   "%zu of %zu lots that could be tested last differently from "
                                   "the others (%s most): no one curve describes them all.",
                                   differ, lots.n, lots.at[0].lot));
}
