/* The gate: whatever a target or a header holds, what passes has one meaning only. */
#include "http/gate.h"
#include "http/params.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_target(const char *target)
{
    size_t len = strcspn(target, "?");
    struct arena arena = {0};
    char *path;

    if (gate_target_is_clean(target, len)) {
        path = percent_decode(&arena, target, len, false);
        assert(*target == '/');
        assert(!path || (!strstr(path, "//") && !strstr(path, "/../") && !strchr(path, '\\')));
    }
    arena_clear(&arena);
}

/* Name and value are separated by the first newline. */
static void try_header(const char *text, size_t len)
{
    const char *end = memchr(text, '\n', len);
    size_t name_len = end ? (size_t)(end - text) : len;
    struct framing framing = {0};

    gate_count(&framing, "Content-Length", 14, "5", 1);
    gate_count(&framing, text, name_len, end ? end + 1 : text + len, end ? len - name_len - 1 : 0);
    if (gate_framing_is_sound(&framing, "HTTP/1.0"))
        assert(framing.lengths == 1 && framing.encodings == 0 && !framing.bad);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    memcpy(text, data, size);
    text[size] = '\0';
    try_target(text);
    try_header(text, size);
    free(text);
    return 0;
}
