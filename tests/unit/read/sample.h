#ifndef SAMPLE_H
#define SAMPLE_H

/** The files of the shared folder of sample data; tests without it skip. */

#include <stdio.h>
#include <stdlib.h>

/** The beginning of a sample, at most `size` bytes; skips the test if it is not there. */
static inline size_t sample_read(const char *name, char *bytes, size_t size)
{
    const char *folder = getenv("SHARED_DATA");
    char path[512];
    size_t len;
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder ? folder : "../shared/data", name);
    file = fopen(path, "rb");
    if (!file)
        skip();
    len = fread(bytes, 1, size, file);
    fclose(file);
    return len;
}

#endif
