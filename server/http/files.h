#ifndef HTTP_FILES_H
#define HTTP_FILES_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Pages and assets, read and made ready once at start.
 *
 * A page is a shell from pages/ rendered in every language of the catalogue:
 * /en/return, /zh-hans/return. An asset has the hash of its bytes in its name,
 * so that caches may keep it for ever. Everything stays in memory, beside its
 * br and gzip twins, and is only read after files_load().
 */

/** The bytes of a file in one content coding. */
struct variant {
    const char *coding; /* "br", "gzip"; NULL for the file as it is */
    const void *bytes;  /* NULL if this coding is not to be had */
    size_t len;
    char etag[40]; /* strong, with its quotes; differs between codings */
};

struct file {
    const char *path;          /* "/en/return", "/assets/main.0123456789abcdef.css" */
    const char *type;          /* Content-Type */
    const char *language;      /* Content-Language, or NULL */
    const char *cache_control; /* Cache-Control */
    struct variant identity, br, gzip;
};

/** Read `folder` (pages/, assets/, i18n/, root/); false and one logged sentence if it cannot be. */
bool files_load(const char *folder);
/** The file at a path; NULL if there is none. */
const struct file *files_find(const char *path);
/** The form a client can read; send Vary: Accept-Encoding with it. Never NULL. */
const struct variant *file_variant(const struct file *file, const char *accept_encoding);
/**
 * Where a path without language leads: "/return" to "/en/return", "/" and "/en" to "/en/".
 * NULL if nowhere. Answer 302 with Vary: Accept-Language.
 */
const char *files_redirect(const char *path, const char *accept_language);

/* How files_load() fills the store. Everything is copied. */

/** Forget all files. */
void files_clear(void);
/** Keep a file under a path, hashed and compressed; NULL and a logged line if there are too many.
 */
struct file *files_add(const char *path, const char *bytes, size_t len);
/** Keep an asset, its hash in its name. */
struct file *files_add_asset(const char *name, const char *bytes, size_t len);
/** The path of the asset called `name` ("main.css"); NULL if there is none. */
const char *files_asset(const char *name);
/** To be called after the last files_add(), before the first files_find(). */
void files_sort(void);

#endif
