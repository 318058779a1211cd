#ifndef FOLDER_H
#define FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/** Write a file below a test's folder; the folders on the way are made. */
static inline void folder_write(const char *folder, const char *name, const char *text)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    for (char *slash = path + strlen(folder) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = '\0';
        mkdir(path, 0755);
    }
    file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file))
        abort();
}

/** A new empty folder; `folder` keeps its name. */
static inline void folder_new(char folder[64])
{
    snprintf(folder, 64, "/tmp/aftersales-test-XXXXXX");
    if (!mkdtemp(folder))
        abort();
}

/** Remove a test's folder with all in it. */
static inline void folder_remove(const char *folder)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command))
        abort();
}

#endif
