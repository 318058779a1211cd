/* The files that are served, and which form of one a client gets. */
#include "http/files.h"
#include "base/arena.h"
#include "base/catalogue.h"
#include "base/log.h"
#include "base/weight.h"
#include "http/shell.h"
#include "http/twin.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FILES_MAX  1024
#define PATH_SIZE  200
#define HASH_BYTES 16
#define NAME_HASH  16 /* characters of the hash in the name of an asset */
#define HOUR       "public, max-age=3600"
#define FOR_EVER   "public, max-age=31536000, immutable"

static struct arena memory;
static struct file files[FILES_MAX]; /* in order of path once files_sort() ran */
static size_t nfiles;

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

void files_clear(void)
{
    nfiles = 0;
    arena_clear(&memory);
}

void files_sort(void)
{
    qsort(files, nfiles, sizeof *files, by_path);
}

static const char *type_of(const char *name)
{
    static const struct {
        const char *ending, *type;
    } types[] = {
        {".html", "text/html; charset=utf-8"      },
        {".css",  "text/css; charset=utf-8"       },
        {".js",   "text/javascript; charset=utf-8"},
        {".svg",  "image/svg+xml"                 },
        {".txt",  "text/plain; charset=utf-8"     },
    };
    const char *ending = strrchr(name, '.');

    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
        if (!strcmp(types[i].ending, ending))
            return types[i].type;
    return "application/octet-stream";
}

static void hash_bytes(char hex[HASH_BYTES * 2 + 1], const void *bytes, size_t len)
{
    unsigned char hash[HASH_BYTES];

    crypto_generichash(hash, sizeof hash, bytes, len, NULL, 0);
    sodium_bin2hex(hex, HASH_BYTES * 2 + 1, hash, sizeof hash);
}

/* Each coding is another representation, so it has an ETag of its own. */
static struct variant variant_of(const char *hash, const char *coding, const void *bytes,
                                 size_t len)
{
    struct variant variant = {.coding = coding, .bytes = bytes, .len = len};

    snprintf(variant.etag, sizeof variant.etag, "\"%s%s%s\"", hash, coding ? "-" : "",
             coding ? coding : "");
    return variant;
}

struct file *files_add(const char *path, const char *bytes, size_t len)
{
    struct file *file = &files[nfiles];
    char hash[HASH_BYTES * 2 + 1];
    size_t twin_len;
    void *twin;

    if (nfiles == FILES_MAX) {
        log_event(LOG_ERROR, "too_many_files", "file", path, NULL);
        return NULL;
    }
    nfiles++;
    hash_bytes(hash, bytes, len);
    *file = (struct file){
        .path = arena_strdup(&memory, path), .type = type_of(path), .cache_control = HOUR};
    file->identity = variant_of(hash, NULL, arena_strndup(&memory, bytes, len), len);
    twin = twin_br(&memory, bytes, len, &twin_len);
    file->br = variant_of(hash, "br", twin, twin_len);
    twin = twin_gzip(&memory, bytes, len, &twin_len);
    file->gzip = variant_of(hash, "gzip", twin, twin_len);
    return file;
}

struct file *files_add_asset(const char *name, const char *bytes, size_t len)
{
    const char *ending = strrchr(name, '.');
    char hash[HASH_BYTES * 2 + 1], path[PATH_SIZE];
    struct file *file;

    if (!ending)
        ending = name + strlen(name);
    hash_bytes(hash, bytes, len);
    snprintf(path, sizeof path, "/assets/%.*s.%.*s%s", (int)(ending - name), name, NAME_HASH, hash,
             ending);
    file = files_add(path, bytes, len);
    if (file)
        file->cache_control = FOR_EVER;
    return file;
}

/* The file whose name differs only by the hash. */
const char *files_asset(const char *name)
{
    const char *ending = strrchr(name, '.');
    char path[PATH_SIZE];
    size_t stem;

    if (!ending)
        return NULL;
    stem = (size_t)snprintf(path, sizeof path, "/assets/%.*s.", (int)(ending - name), name);
    for (size_t i = 0; i < nfiles; i++)
        if (stem < sizeof path && !strncmp(files[i].path, path, stem) &&
            strlen(files[i].path) == stem + NAME_HASH + strlen(ending) &&
            !strcmp(files[i].path + stem + NAME_HASH, ending))
            return files[i].path;
    return NULL;
}

const struct file *files_find(const char *path)
{
    struct file wanted = {.path = path};

    return bsearch(&wanted, files, nfiles, sizeof wanted, by_path);
}

/* The weight of a coding in an Accept-Encoding header; -1 if it is not mentioned. */
static int coding_weight(const char *header, const char *coding)
{
    struct weighted item;
    int any = -1;

    while (header && (header = weight_next(header, &item))) {
        if (item.len == strlen(coding) && !strncasecmp(item.word, coding, item.len))
            return item.weight;
        if (item.len == 1 && *item.word == '*')
            any = item.weight;
    }
    return any;
}

const struct variant *file_variant(const struct file *file, const char *accept_encoding)
{
    int br = file->br.bytes ? coding_weight(accept_encoding, "br") : -1;
    int gzip = file->gzip.bytes ? coding_weight(accept_encoding, "gzip") : -1;
    int identity = coding_weight(accept_encoding, "identity");

    if (br > 0 && br >= gzip && br >= identity)
        return &file->br;
    if (gzip > 0 && gzip >= identity)
        return &file->gzip;
    return &file->identity;
}

/* The page `rest` ("/return", "/") in the language of a path segment. */
static const char *page_path(const char *locale, const char *rest)
{
    char path[PATH_SIZE];
    const struct file *file = NULL;
    struct arena scratch = {0};
    int len = snprintf(path, sizeof path, "/%s%s", shell_segment(&scratch, locale), rest);

    arena_clear(&scratch);
    if (len > 0 && (size_t)len < sizeof path)
        file = files_find(path);
    return file ? file->path : NULL;
}

const char *files_redirect(const char *path, const char *accept_language)
{
    if (*path != '/')
        return NULL;
    for (const char *const *locale = catalogue_locales(); *locale; locale++)
        if (!strcasecmp(path + 1, *locale))
            return page_path(*locale, "/");
    return page_path(catalogue_locale(accept_language), path);
}
