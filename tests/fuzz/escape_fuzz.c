/* Percent-decoding and JSON quoting: clean text in, well-formed JSON out. */
#include "base/text.h"
#include "http/params.h"

#include <assert.h>
#include <jansson.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct text text = text_new(&arena);
    char *decoded = percent_decode(&arena, (const char *)data, size, true);

    if (decoded) {
        json_t *value;

        assert(text_is_clean(decoded, strlen(decoded)));
        text_json(&text, decoded);
        value = json_loadb(text.bytes, text.len, JSON_DECODE_ANY, NULL);
        assert(value && !strcmp(json_string_value(value), decoded));
        json_decref(value);
    }
    arena_clear(&arena);
    return 0;
}
