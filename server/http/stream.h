#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

#include "http/request.h"

/**
 * An answer that is written while it goes out: events as they happen, or a sheet of any length.
 *
 * The handler opens the stream and writes what it has. When that is sent, `more` is called as
 * often as it is due, to write more, to ask the database for it, or to end the stream: at once
 * for STREAM_ROWS; for STREAM_EVENTS when something happened to `topic` (stream_wake()), with a
 * comment sent now and then in between, so that proxies keep the connection and a client that has
 * gone is noticed. A stream of events ends by itself after some minutes, and with the daemon; the
 * client comes again.
 *
 * While a statement of it is under way the connection is suspended, so its request stays.
 */
enum stream_kind { STREAM_ROWS, STREAM_EVENTS };

struct stream {
    struct stream *next, *previous; /* of the worker's */
    struct request *req;
    enum stream_kind kind;
    const char *topic;
    handler_fn *more;
    struct {
        char *bytes;
        size_t len, size, sent;
    } buffer;
    int64_t opened_ms, beat_ms;
    bool waiting; /* the connection is suspended: nothing to send */
    bool asking;  /* a statement is under way */
    bool due;     /* `more` is to be called */
    bool ended;
};

/** The streams of a worker: a ring, its own first and last. */
void streams_init(struct stream *streams);
/** Something happened to `topic`; "" stands for everything. */
void streams_wake(struct stream *streams, const char *topic);
/** Beats, ends what is old, or all when the daemon drains; the worker calls it every turn. */
void streams_tick(struct stream *streams, int64_t now_ms);

/** Answer 200 with a stream of that type; the handler writes to it at once or in `more`. */
void stream_open(struct request *req, enum stream_kind kind, const char *type, const char *topic,
                 handler_fn *more);
/** Append; nothing is written to a stream that has ended. */
void stream_write(struct request *req, const char *bytes, size_t len);
/** Nothing more will come. */
void stream_end(struct request *req);
/** The statement that `more` asked is over; http/request calls it after the rows_fn. */
void stream_answered(struct request *req);
/** For libmicrohttpd: a response that reads the stream. */
struct MHD_Response *stream_response(struct request *req);
/** The request is over: free what it holds. NULL is fine. */
void stream_close(struct stream *stream);

#endif
