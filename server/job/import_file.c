/* A sales file while it is read. */
#include "job/import_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GZ_BUFFER 131072

/* A descriptor of a regular file and its size, or -1. */
static int descriptor(struct import_file *file)
{
    struct stat stat;
    int fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    if (fd < 0 || fstat(fd, &stat)) {
        import_fail(file->error, "Cannot open %s: %s.", file->path, strerror(errno));
    } else if (!S_ISREG(stat.st_mode)) {
        import_fail(file->error, "%s is not a regular file; it must be one to be read twice.",
                    file->path);
    } else {
        file->size = stat.st_size;
        return fd;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

bool import_file_open(struct import_file *file, const char *path, const char *phase,
                      struct import_error *error)
{
    int fd;

    *file = (struct import_file){.path = path, .error = error};
    import_progress_start(&file->progress, phase);
    fd = descriptor(file);
    if (fd < 0)
        return false;
    file->gz = gzdopen(fd, "rb");
    if (!file->gz) {
        close(fd);
        return import_fail(error, "Not enough memory to read %s.", path);
    }
    gzbuffer(file->gz, GZ_BUFFER);
    crypto_generichash_init(&file->hash, NULL, 0, IMPORT_FILE_HASH);
    return true;
}

/* zlib gives what it has of a cut file and tells of the cut afterwards. */
static bool is_whole(struct import_file *file)
{
    int code;
    const char *why = gzerror(file->gz, &code);

    if (code == Z_ERRNO)
        why = strerror(errno);
    else if (code == Z_BUF_ERROR)
        why = "the gzip data end too early, the file is cut";
    else if (code == Z_DATA_ERROR)
        why = "the gzip data are damaged";
    return code == Z_OK || code == Z_STREAM_END ||
           import_fail(file->error, "Cannot read %s: %s.", file->path, why);
}

ssize_t import_file_read(void *source, void *bytes, size_t size)
{
    struct import_file *file = source;
    int got = gzread(file->gz, bytes, (unsigned)size);

    if (got <= 0)
        return is_whole(file) ? 0 : -1;
    crypto_generichash_update(&file->hash, bytes, (unsigned)got);
    import_progress_tell(&file->progress, gzoffset(file->gz), file->size);
    return got;
}

void import_file_hash(struct import_file *file, unsigned char hash[IMPORT_FILE_HASH])
{
    crypto_generichash_final(&file->hash, hash, IMPORT_FILE_HASH);
}

void import_file_close(struct import_file *file)
{
    if (file->gz)
        gzclose_r(file->gz);
    file->gz = NULL;
    import_progress_clear();
}
