#ifndef BASE_LOG_H
#define BASE_LOG_H

/**
 * One logfmt line per event on standard error.
 *
 * Values are quoted where needed and control bytes escaped, so that nobody
 * can write a second line. Never log what a person typed, a token or a body.
 */

enum log_level { LOG_DEBUG, LOG_NOTE, LOG_WARNING, LOG_ERROR };

/**
 * Write one line: `event`, then pairs of key and value, up to a NULL key.
 * A NULL value is left out. Example: log_event(LOG_ERROR, "db_lost", "reason", text, NULL).
 */
void log_event(enum log_level level, const char *event, ...) __attribute__((sentinel));
/** Keep the calling thread's lines back until log_flush(): a loop writes once a turn. */
void log_hold(void);
/** Write what the calling thread has kept back. */
void log_flush(void);
/** Nothing below `level` is written from now on. */
void log_threshold(enum log_level level);

#endif
