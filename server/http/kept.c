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

/* An answer that is being made. */
struct making {
    struct making *next;
    char etag[TAG_SIZE];
    struct offload_job *waiters;
};

/* Slots are taken in turns, so the next one is the oldest. */
static struct {
    pthread_mutex_t mutex;
    struct kept slots[SLOTS];
    size_t next, oldest; /* counted on; slot i is slots[i % SLOTS] */
    size_t used, limit;
    struct making *making;
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

/* The link to what is being made with that tag; to NULL if nothing is. */
static struct making **making_find(const char *etag)
{
    struct making **link = &answers.making;

    while (*link && strcmp((*link)->etag, etag) != 0)
        link = &(*link)->next;
    return link;
}

bool kept_await(const char *etag, struct offload_home *home, struct offload_job *waiter)
{
    struct making *making;

    if (strlen(etag) >= TAG_SIZE)
        return false;
    pthread_mutex_lock(&answers.mutex);
    making = *making_find(etag);
    if (making) {
        waiter->home = home;
        waiter->next = making->waiters;
        making->waiters = waiter;
    } else if (answers.limit) {
        struct making *new = xalloc(sizeof *new);

        *new = (struct making){.next = answers.making};
        memcpy(new->etag, etag, strlen(etag));
        answers.making = new;
    }
    pthread_mutex_unlock(&answers.mutex);
    return making != NULL;
}

void kept_over(const char *etag)
{
    struct making **link, *making;
    struct offload_job *waiter = NULL, *next;

    pthread_mutex_lock(&answers.mutex);
    link = making_find(etag);
    making = *link;
    if (making) {
        *link = making->next;
        waiter = making->waiters;
    }
    pthread_mutex_unlock(&answers.mutex);
    free(making);
    for (; waiter; waiter = next) {
        next = waiter->next;
        offload_go_home(waiter);
    }
}
