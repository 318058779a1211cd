/* A file of the disk, to be imported. */
#include "import/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void file_close(struct import_source *source)
{
    struct import_file *file = (struct import_file *)source;

    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}

static bool file_open(struct import_source *source, struct import_error *error)
{
    struct import_file *file = (struct import_file *)source;
    struct stat stat;

    file_close(source);
    file->fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file->fd < 0 || fstat(file->fd, &stat))
        return import_refuse(error, "unreadable", "Cannot open %s: %s.", file->path,
                             strerror(errno));
    if (!S_ISREG(stat.st_mode))
        return import_refuse(error, "unreadable",
                             "%s is not a regular file; it must be one to be read twice.",
                             file->path);
    source->size = stat.st_size;
    return true;
}

static ssize_t file_read(struct import_source *source, void *bytes, size_t size,
                         struct import_error *error)
{
    struct import_file *file = (struct import_file *)source;
    ssize_t got;

    do
        got = read(file->fd, bytes, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        import_refuse(error, "unreadable", "Cannot read %s: %s.", file->path, strerror(errno));
    return got;
}

void import_file_init(struct import_file *file, const char *path)
{
    *file = (struct import_file){
        .source = {.open = file_open, .read = file_read, .close = file_close},
        .path = path,
        .fd = -1,
    };
}
