#ifndef NEAR_H
#define NEAR_H

#include <math.h>

/** Numbers that agree to a tolerance; a NAN agrees with nothing. */

static inline int near(double value, double expected, double tolerance)
{
    if (fabs(value - expected) <= tolerance)
        return 1;
    print_error("%.17g is not %.17g within %g\n", value, expected, tolerance);
    return 0;
}

/** As printed: within `unit`, half of the last printed digit. */
#define assert_within(value, expected, unit) assert_true(near(value, expected, unit))

/** Within `part` of the expected value. */
#define assert_near(value, expected, part) \
    assert_true(near(value, expected, (part)*fabs((double)(expected))))

#endif
