/* Calculated answers, kept by their ETag. */
#include "http/kept.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS    1024
#define TAG_SIZE 80

struct kept {
    char etag[TAG_SIZE];
    char *text;
    size_t len;
};

/* Slots are taken in turns, so the next one is the oldest. */
static struct {
    pthread_mutex_t mutex;
    struct kept slots[SLOTS];
    size_t next, oldest; /* counted on; slot i is slots[i % SLOTS] */
    size_t used, limit;
} answers = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static void give_up_oldest(void)
{
    struct kept *kept = &answers.slots[answers.oldest++ % SLOTS];

    answers.used -= kept->len;
    free(kept->text);
    *kept = (struct kept){.text = NULL};
}

void kept_limit(size_t bytes)
{
    pthread_mutex_lock(&answers.mutex);
    answers.limit = bytes;
    while (answers.used > bytes)
        give_up_oldest();
    pthread_mutex_unlock(&answers.mutex);
}

static const struct kept *find(const char *etag)
{
    for (size_t i = answers.next; i > answers.oldest; i--)
        if (!strcmp(answers.slots[(i - 1) % SLOTS].etag, etag))
            return &answers.slots[(i - 1) % SLOTS];
    return NULL;
}

const char *kept_find(struct arena *arena, const char *etag, size_t *len)
{
    const struct kept *kept;
    char *copy = NULL;

    pthread_mutex_lock(&answers.mutex);
    kept = find(etag);
    if (kept) {
        copy = arena_alloc(arena, kept->len + 1);
        memcpy(copy, kept->text, kept->len + 1);
        *len = kept->len;
    }
    pthread_mutex_unlock(&answers.mutex);
    return copy;
}

void kept_put(const char *etag, const char *text, size_t len)
{
    struct kept *kept;

    if (strlen(etag) >= TAG_SIZE)
        return;
    pthread_mutex_lock(&answers.mutex);
    if (len <= answers.limit / 4 && !find(etag)) {
        while (answers.used + len > answers.limit || answers.next - answers.oldest == SLOTS)
            give_up_oldest();
        kept = &answers.slots[answers.next++ % SLOTS];
        memcpy(kept->etag, etag, strlen(etag) + 1);
        kept->text = xalloc(len + 1);
        memcpy(kept->text, text, len);
        kept->len = len;
        answers.used += len;
    }
    pthread_mutex_unlock(&answers.mutex);
}
