/* Answers that are written while they go out. */
#include "http/stream.h"
#include "base/arena.h"
#include "base/clock.h"
#include "http/deadline.h"
#include "http/reply.h"
#include "http/worker.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK      8192
#define BEAT_MS    20000
#define AGE_MAX_MS 600000
#define STALLED_MS 60000 /* a client must take some of it within this time */
#define COMMENT    ": still here\n\n"

void streams_init(struct stream *streams)
{
    streams->next = streams->previous = streams;
}

static void stream_resume(struct stream *stream)
{
    if (!stream->waiting || stream->asking)
        return;
    stream->waiting = false;
    MHD_resume_connection(stream->req->conn);
}

/* Call `more` if it is time to; the connection waits, so whatever it asks finds it there. */
static void stream_feed(struct stream *stream)
{
    if (!stream->waiting || stream->asking || stream->ended || !stream->due)
        return;
    stream->due = stream->kind == STREAM_ROWS;
    stream->asking = true; /* until stream_answered() */
    stream->more(stream->req);
}

void streams_wake(struct stream *streams, const char *topic)
{
    struct stream *next;

    for (struct stream *stream = streams->next; stream != streams; stream = next) {
        next = stream->next;
        if (stream->kind != STREAM_EVENTS || (*topic && strcmp(topic, stream->topic) != 0))
            continue;
        stream->due = true;
        stream_feed(stream);
    }
}

static void stream_tick(struct stream *stream, int64_t now_ms, bool drain)
{
    if (stream->kind != STREAM_EVENTS || stream->ended)
        return;
    if (drain || now_ms - stream->opened_ms >= AGE_MAX_MS) {
        stream->ended = true;
        stream_resume(stream);
    } else if (now_ms >= stream->beat_ms && stream->waiting && !stream->asking) {
        stream_write(stream->req, COMMENT, strlen(COMMENT));
        stream_resume(stream);
    }
}

void streams_tick(struct stream *streams, int64_t now_ms)
{
    bool drain = atomic_load_explicit(&draining, memory_order_relaxed);

    for (struct stream *stream = streams->next; stream != streams; stream = stream->next)
        stream_tick(stream, now_ms, drain);
}

void stream_open(struct request *req, enum stream_kind kind, const char *type, const char *topic,
                 handler_fn *more)
{
    struct stream *streams = &req->worker->streams, *stream = xalloc(sizeof *stream);

    *stream = (struct stream){
        .next = streams,
        .previous = streams->previous,
        .req = req,
        .kind = kind,
        .topic = topic,
        .more = more,
        .opened_ms = clock_ms(),
        .beat_ms = clock_ms() + BEAT_MS,
        .due = kind == STREAM_ROWS,
    };
    streams->previous->next = stream;
    streams->previous = stream;
    req->stream = stream;
    req->reply.cache_control = "no-store";
    reply_header(req, "X-Accel-Buffering", "no");
    reply_text(req, 200, type, "", 0);
}

void stream_write(struct request *req, const char *bytes, size_t len)
{
    struct stream *stream = req->stream;

    if (stream->ended)
        return;
    if (stream->buffer.sent == stream->buffer.len)
        stream->buffer.sent = stream->buffer.len = 0;
    if (stream->buffer.len + len > stream->buffer.size) {
        stream->buffer.size = 2 * (stream->buffer.len + len);
        stream->buffer.bytes = xrealloc(stream->buffer.bytes, stream->buffer.size);
    }
    memcpy(stream->buffer.bytes + stream->buffer.len, bytes, len);
    stream->buffer.len += len;
    stream->beat_ms = clock_ms() + BEAT_MS;
}

void stream_end(struct request *req)
{
    req->stream->ended = true;
}

void stream_answered(struct request *req)
{
    struct stream *stream = req->stream;

    stream->asking = false;
    if (stream->ended || stream->buffer.sent < stream->buffer.len)
        stream_resume(stream);
    else
        stream_feed(stream);
}

/* libmicrohttpd has sent all it had: give it more, or let it wait. */
static ssize_t on_read(void *cls, uint64_t position, char *out, size_t size)
{
    struct stream *stream = cls;
    size_t left = stream->buffer.len - stream->buffer.sent;

    (void)position;
    if (left) {
        size_t n = left < size ? left : size;

        memcpy(out, stream->buffer.bytes + stream->buffer.sent, n);
        stream->buffer.sent += n;
        stream->req->reply.len += n; /* for the log */
        deadline_set(request_deadline(stream->req), STALLED_MS);
        return (ssize_t)n;
    }
    if (stream->ended)
        return MHD_CONTENT_READER_END_OF_STREAM;
    stream->waiting = true;
    deadline_suspend(request_deadline(stream->req));
    MHD_suspend_connection(stream->req->conn);
    stream_feed(stream);
    return 0;
}

struct MHD_Response *stream_response(struct request *req)
{
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, on_read, req->stream, NULL);
}

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    stream->previous->next = stream->next;
    stream->next->previous = stream->previous;
    free(stream->buffer.bytes);
    free(stream);
}
