#ifndef JOB_IMPORT_ERROR_H
#define JOB_IMPORT_ERROR_H

#include <stdbool.h>

/**
 * Why an import, or its mapping, was refused: one sentence for the person who
 * started it. The first reason stays; what follows from it is not interesting.
 */
struct import_error {
    char text[600];
};

/** Keep the sentence. Always false, to be returned: `return import_fail(error, ...)`. */
bool import_fail(struct import_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
