#ifndef IMPORT_ERROR_H
#define IMPORT_ERROR_H

#include <stdbool.h>

/**
 * Why an import, or its mapping, was refused: a word for programs and one sentence for the
 * person who started it. The first reason stays; what follows from it is not interesting.
 */
struct import_error {
    const char *code; /* a literal; NULL: nothing is wrong */
    char text[600];
};

/** Keep the sentence. Always false, to be returned: `return import_refuse(error, ...)`. */
bool import_refuse(struct import_error *error, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** The same of a mapping, with the code "bad_map". */
bool import_fail(struct import_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
