#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

#include "http/request.h"

/** Every error a client can get: the rows of problems.def. */
enum problem {
#define PROBLEM(name, status, title) name,
#include "problems.def"
#undef PROBLEM
    NPROBLEMS
};

struct problem_kind {
    const char *name; /* "NOT_FOUND", as SQL calls it */
    unsigned status;
    const char *title;
};
extern const struct problem_kind problem_kinds[NPROBLEMS];

/** The code a client sees: the name in lower case. */
const char *problem_code(struct arena *arena, enum problem problem);

/** One wrong field of a request: where (RFC 6901), what kind of wrong, in words. */
struct field_error {
    const char *pointer, *code, *detail;
};

/** A problem document. `detail` says more than the problem's title, or is NULL. */
void reply_problem(struct request *req, enum problem problem, const char *detail);
/** The same with one entry for each wrong field. */
void reply_field_errors(struct request *req, enum problem problem, const struct field_error *errors,
                        size_t nerrors);
/** Answer for a statement that failed, by its SQLSTATE. `res` is not taken over. */
void reply_database_error(struct request *req, const PGresult *res);

#endif
