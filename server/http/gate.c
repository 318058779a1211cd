/* The request gate: refuse what two parsers could read in two ways. */
#include "http/gate.h"
#include "base/text.h"
#include "http/params.h"
#include "http/reply.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* RFC 9110 5.6.2 */
static const bool in_token[256] = {
    ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true, ['!'] = true,  ['#'] = true,
    ['$'] = true,         ['%'] = true,         ['&'] = true,         ['\''] = true, ['*'] = true,
    ['+'] = true,         ['-'] = true,         ['.'] = true,         ['^'] = true,  ['_'] = true,
    ['`'] = true,         ['|'] = true,         ['~'] = true,
};

/* RFC 3986 has no place for them, and a proxy may read them in its own way. */
static const bool never_in_target[256] = {
    [0 ... ' '] = true, [0x7f ... 0xff] = true, ['\\'] = true, ['#'] = true,
    ['"'] = true,       ['<'] = true,           ['>'] = true,  ['^'] = true,
    ['`'] = true,       ['{'] = true,           ['|'] = true,  ['}'] = true,
};

static bool is_token(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!in_token[(unsigned char)text[i]])
            return false;
    return len > 0;
}

static bool is_header_value(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)text[i] < ' ' && text[i] != '\t') || text[i] == 0x7f)
            return false;
    return true;
}

void gate_count(struct framing *framing, const char *name, size_t name_len, const char *value,
                size_t value_len)
{
    if (!is_token(name, name_len) || !is_header_value(value, value_len)) {
        framing->bad = true;
    } else if (name_len == 4 && !strncasecmp(name, "Host", 4)) {
        framing->hosts++;
        framing->bad |= !value_len;
    } else if (name_len == 14 && !strncasecmp(name, "Content-Length", 14)) {
        framing->lengths++;
        framing->bad |= !value_len || value_len > 18 || strspn(value, "0123456789") != value_len;
    } else if (name_len == 17 && !strncasecmp(name, "Transfer-Encoding", 17)) {
        framing->encodings++;
        framing->bad |= value_len != 7 || strncasecmp(value, "chunked", 7);
    }
}

bool gate_framing_is_sound(const struct framing *framing, const char *version)
{
    bool one_dot_one = !strcmp(version, "HTTP/1.1");

    if (!one_dot_one && strcmp(version, "HTTP/1.0"))
        return false;
    if (framing->encodings && !one_dot_one)
        return false;
    return !framing->bad && framing->lengths + framing->encodings <= 1 && framing->hosts <= 1 &&
           (framing->hosts == 1 || !one_dot_one);
}

static bool is_dot_segment(const char *segment, size_t len)
{
    return !len || (len == 1 && *segment == '.') || (len == 2 && !strncmp(segment, "..", 2));
}

/* What stays encoded in no path of ours: controls, '/', '\', and '.' as they could hide a segment.
 */
static bool is_bad_escape(const char *escape, size_t len)
{
    static const char *const bad[] = {"2f", "5c", "7f", "2e"};

    if (len < 3 || !isxdigit((unsigned char)escape[1]) || !isxdigit((unsigned char)escape[2]))
        return true;
    if (escape[1] == '0' || escape[1] == '1')
        return true;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!strncasecmp(escape + 1, bad[i], 2))
            return true;
    return false;
}

bool gate_target_is_clean(const char *target, size_t path_len)
{
    if (*target != '/')
        return false;
    for (size_t i = 0; target[i]; i++)
        if (never_in_target[(unsigned char)target[i]])
            return false;
    for (size_t i = 0; i < path_len; i++)
        if (target[i] == '%' && is_bad_escape(target + i, path_len - i))
            return false;
    for (size_t start = 1, len; start < path_len; start += len + 1) {
        len = strcspn(target + start, "/?");
        if (is_dot_segment(target + start, len) && start + len < path_len)
            return false;
        if (len && is_dot_segment(target + start, len))
            return false;
    }
    return true;
}

static enum MHD_Result on_header(void *ctx, enum MHD_ValueKind kind, const char *name,
                                 size_t name_len, const char *value, size_t value_len)
{
    (void)kind;
    gate_count(ctx, name, name_len, value ? value : "", value ? value_len : 0);
    return MHD_YES;
}

static bool method_is_known(const char *method)
{
    static const char *const known[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i], method))
            return true;
    return false;
}

static bool refuse(struct request *req, enum problem problem)
{
    reply_problem(req, problem, NULL);
    reply_header(req, "Connection", "close");
    return false;
}

bool gate_pass(struct request *req, const char *version)
{
    struct framing framing = {0};
    size_t path_len;

    MHD_get_connection_values_n(req->conn, MHD_HEADER_KIND, on_header, &framing);
    if (!gate_framing_is_sound(&framing, version))
        return refuse(req, MALFORMED_REQUEST);
    if (strlen(req->target) > TARGET_MAX)
        return refuse(req, TARGET_TOO_LONG);
    path_len = strcspn(req->target, "?");
    if (!gate_target_is_clean(req->target, path_len))
        return refuse(req, MALFORMED_TARGET);
    if (!method_is_known(req->method)) {
        refuse(req, METHOD_NOT_ALLOWED);
        reply_header(req, "Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        return false;
    }
    req->path = percent_decode(&req->arena, req->target, path_len, false);
    req->query_string = req->target[path_len] ? req->target + path_len + 1 : "";
    return req->path || refuse(req, MALFORMED_TARGET);
}
