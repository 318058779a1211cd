/* What a row of a file says. */
#include "import/fact.h"

#include <sodium.h>
#include <string.h>

const char *fact_kind_name(enum fact_kind kind)
{
    static const char *const names[FACT_KINDS] = {
        [FACT_SHIPMENT] = "shipment",
        [FACT_RETURN] = "return",
        [FACT_CANCEL] = "cancel",
        [FACT_REFUND] = "refund",
        [FACT_REIMBURSEMENT] = "reimbursement",
        [FACT_REPLACEMENT] = "replacement",
    };

    return names[kind];
}

static void add(crypto_generichash_state *state, const char *text)
{
    crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

void fact_id(unsigned char id[FACT_ID], const char *what, size_t n, const char *const *texts)
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, FACT_ID);
    add(&state, what);
    for (size_t i = 0; i < n; i++)
        add(&state, texts[i]);
    crypto_generichash_final(&state, id, FACT_ID);
}

void fact_order_id(unsigned char id[FACT_ID], const char *order)
{
    fact_id(id, "order", 1, &order);
}
