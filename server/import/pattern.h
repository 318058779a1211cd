#ifndef IMPORT_PATTERN_H
#define IMPORT_PATTERN_H

#include <regex.h>

/**
 * Compile a POSIX extended regular expression that a stranger wrote. Repetitions by number are
 * written out by the C library, those within others again and again, so a short pattern can take
 * all memory; and a reference back, which POSIX does not know, can take for ever to match. NULL,
 * or why it is refused: a literal, or written to `why`.
 */
const char *pattern_compile(regex_t *pattern, const char *text, char *why, size_t size);

#endif
