#ifndef CAPTURE_H
#define CAPTURE_H

/** What a piece of code writes to standard error, as text. */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct {
    FILE *file;
    int saved;
    char text[65536];
} capture;

/** From now on standard error goes into a file without a name. */
static inline void capture_begin(void)
{
    capture.file = tmpfile();
    if (!capture.file)
        abort();
    fflush(stderr);
    capture.saved = dup(STDERR_FILENO);
    dup2(fileno(capture.file), STDERR_FILENO);
}

/** Give standard error back, and return what was written to it since. */
static inline const char *capture_end(void)
{
    size_t len;

    fflush(stderr);
    dup2(capture.saved, STDERR_FILENO);
    close(capture.saved);
    rewind(capture.file);
    len = fread(capture.text, 1, sizeof capture.text - 1, capture.file);
    capture.text[len] = '\0';
    fclose(capture.file);
    return capture.text;
}

#endif
