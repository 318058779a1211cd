/* One logfmt line per event. */
#include "base/log.h"
#include "base/clock.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One write() of at most this much, so that lines of several threads do not mix. */
#define LINE_MAX_BYTES 2048

struct line {
    size_t len;
    char bytes[LINE_MAX_BYTES];
};

/* What a thread keeps back; its lines go out together. */
#define BATCH_BYTES 32768

static _Thread_local struct {
    bool held;
    size_t len;
    char bytes[BATCH_BYTES];
} batch;

static enum log_level threshold = LOG_NOTE;

void log_hold(void)
{
    batch.held = true;
}

void log_flush(void)
{
    if (batch.len)
        (void)!write(STDERR_FILENO, batch.bytes, batch.len);
    batch.len = 0;
}

void log_threshold(enum log_level level)
{
    threshold = level;
}

/* The last byte is kept for the newline. */
static void line_add(struct line *line, const char *bytes, size_t len)
{
    size_t room = sizeof line->bytes - 1 - line->len;

    if (len > room)
        len = room;
    memcpy(line->bytes + line->len, bytes, len);
    line->len += len;
}

static bool needs_quotes(const char *value)
{
    if (!*value)
        return true;
    for (; *value; value++)
        if ((unsigned char)*value <= ' ' || *value == '"' || *value == '=' || *value == '\\' ||
            *value == 0x7f)
            return true;
    return false;
}

static void add_quoted(struct line *line, const char *value)
{
    char escape[5];

    line_add(line, "\"", 1);
    for (; *value; value++) {
        unsigned char byte = (unsigned char)*value;

        if (byte < ' ' || byte == 0x7f) {
            snprintf(escape, sizeof escape, "\\x%02x", byte);
            line_add(line, escape, 4);
        } else {
            if (byte == '"' || byte == '\\')
                line_add(line, "\\", 1);
            line_add(line, value, 1);
        }
    }
    line_add(line, "\"", 1);
}

static void add_pair(struct line *line, const char *key, const char *value)
{
    line_add(line, " ", 1);
    line_add(line, key, strlen(key));
    line_add(line, "=", 1);
    if (needs_quotes(value))
        add_quoted(line, value);
    else
        line_add(line, value, strlen(value));
}

static void line_write(const struct line *line)
{
    if (!batch.held) {
        (void)!write(STDERR_FILENO, line->bytes, line->len);
        return;
    }
    if (batch.len + line->len > sizeof batch.bytes)
        log_flush();
    memcpy(batch.bytes + batch.len, line->bytes, line->len);
    batch.len += line->len;
}

void log_event(enum log_level level, const char *event, ...)
{
    static const char *const names[] = {"debug", "note", "warning", "error"};
    struct line line;
    char stamp[25];
    const char *key;
    va_list pairs;

    if (level < threshold)
        return;
    line.len = 0;
    clock_stamp(stamp);
    line_add(&line, "time=", 5);
    line_add(&line, stamp, strlen(stamp));
    add_pair(&line, "level", names[level]);
    add_pair(&line, "event", event);
    va_start(pairs, event);
    while ((key = va_arg(pairs, const char *))) {
        const char *value = va_arg(pairs, const char *);

        if (value)
            add_pair(&line, key, value);
    }
    va_end(pairs);
    line.bytes[line.len++] = '\n';
    line_write(&line);
}
