/* What comes back from clients: entity tags, public ids, tokens, sealed answers. */
#include "base/id.h"
#include "base/seal.h"
#include "http/etag.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    char *text = malloc(size + 1);
    const char *version;
    size_t len;

    memcpy(text, data, size);
    text[size] = '\0';
    version = etag_version(&arena, text);
    assert(!version || strspn(version, "0123456789") == strlen(version));
    etag_is_listed(text, "\"v1-json\"");
    assert(!id_is_valid(text) || strlen(text) == ID_SIZE - 1);
    assert(!token_is_valid(text) || strlen(text) == TOKEN_SIZE - 1);
    assert(!seal_open(&arena, text, &len)); /* nobody can make one without the secret */
    free(text);
    arena_clear(&arena);
    return 0;
}
