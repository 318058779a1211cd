#ifndef JOB_IMPORT_FILE_H
#define JOB_IMPORT_FILE_H

#include "job/import_error.h"
#include "job/import_progress.h"

#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <zlib.h>

/**
 * A sales file while it is read: plain or gzip, hashed as it goes by.
 *
 * The hash is of the text that was in the gzip, so that compressing a file does
 * not make another file of it. It must be a regular file: it is read twice.
 */
#define IMPORT_FILE_HASH 32

struct import_file {
    const char *path;
    gzFile gz;
    int64_t size; /* as it lies on the disk */
    struct import_progress progress;
    crypto_generichash_state hash;
    struct import_error *error;
};

/** Open for reading; `phase` ("Checking") is said with the progress. On failure say why. */
bool import_file_open(struct import_file *file, const char *path, const char *phase,
                      struct import_error *error);
/** A csv_read_fn; `source` is a struct import_file. Tells the progress on standard error. */
ssize_t import_file_read(void *source, void *bytes, size_t size);
/** The hash of all that was read. */
void import_file_hash(struct import_file *file, unsigned char hash[IMPORT_FILE_HASH]);
/** Close it. */
void import_file_close(struct import_file *file);

#endif
