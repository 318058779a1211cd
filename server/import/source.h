#ifndef IMPORT_SOURCE_H
#define IMPORT_SOURCE_H

#include "import/error.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/**
 * Where the bytes of an import come from: a file of the disk, or what was uploaded.
 *
 * They are read from the first to the last more than once, and never held as a whole.
 * Embed it in its kind; whoever has a kind of his own fills the functions in.
 */
struct import_source {
    /** Begin at the first byte, also after another reading; fill `size`. False: why is in `error`.
     */
    bool (*open)(struct import_source *source, struct import_error *error);
    /** Up to `size` bytes; 0 at the end, -1 on failure. */
    ssize_t (*read)(struct import_source *source, void *bytes, size_t size,
                    struct import_error *error);
    /** Let go of what open() took; may be called twice. */
    void (*close)(struct import_source *source);
    int64_t size; /* bytes as they lie there, perhaps packed */
};

/** A regular file. */
struct import_file {
    struct import_source source;
    const char *path;
    int fd;
};

/** A source of the file at `path`, which must live as long. */
void import_file_init(struct import_file *file, const char *path);

/** The pieces of an upload: the rows of the table `upload_piece`, in order of their numbers. */
struct import_upload {
    struct import_source source;
    PGconn *conn;       /* not the one that imports: that one is busy taking rows */
    const char *upload; /* its id */
    char last[24];      /* number of the piece at hand */
    PGresult *piece;
    size_t at; /* bytes of it that were taken */
};

/** A source of what was uploaded as `id`; `conn` and `id` must live as long. */
void import_upload_init(struct import_upload *upload, PGconn *conn, const char *id);

#endif
