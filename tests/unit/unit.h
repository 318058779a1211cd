#ifndef UNIT_H
#define UNIT_H

/** What every unit test begins with: cmocka wants these headers before its own. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/** The body of main(): run the table of tests, exit with the number that failed. */
#define RUN(tests) return cmocka_run_group_tests(tests, NULL, NULL)

#endif
