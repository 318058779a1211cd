#ifndef HTTP_GATE_H
#define HTTP_GATE_H

#include "http/request.h"

#define TARGET_MAX 4096

/**
 * The gate: what libmicrohttpd lets through and must not pass.
 *
 * It looks at the raw target and at all headers, refuses whatever two parsers
 * could read in two ways, and fills `req->path` and `req->query_string`.
 * False: answered already, and the connection must be closed after it.
 */
bool gate_pass(struct request *req, const char *version);

/** Whether a raw target (without its query) is one we route, and where its query begins. */
bool gate_target_is_clean(const char *target, size_t path_len);

/** What the gate must know of the framing headers of a request. */
struct framing {
    int hosts, lengths, encodings;
    bool bad; /* a header that is none, or a value that cannot be */
};
/** Take one header into account. */
void gate_count(struct framing *framing, const char *name, size_t name_len, const char *value,
                size_t value_len);
/** Whether the framing is unambiguous. */
bool gate_framing_is_sound(const struct framing *framing, const char *version);

#endif
