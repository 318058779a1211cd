#ifndef FAKE_ERROR_H
#define FAKE_ERROR_H

/** Errors as PostgreSQL would send them: their fields stand in `fake_error`. */

#include <libpq-fe.h>

static struct {
    const char *sqlstate, *message, *detail, *constraint;
} fake_error;

/* Linked before libpq's, which offers no way to make an error with fields. */
char *PQresultErrorField(const PGresult *result, int field)
{
    const char *value = NULL;

    (void)result;
    if (field == PG_DIAG_SQLSTATE)
        value = fake_error.sqlstate;
    else if (field == PG_DIAG_MESSAGE_PRIMARY)
        value = fake_error.message;
    else if (field == PG_DIAG_MESSAGE_DETAIL)
        value = fake_error.detail;
    else if (field == PG_DIAG_CONSTRAINT_NAME)
        value = fake_error.constraint;
    return (char *)(uintptr_t)value;
}

#endif
