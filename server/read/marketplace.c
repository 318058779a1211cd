/* Marketplaces by the names that reports give them. */
#include "read/marketplace.h"

#include <stddef.h>
#include <strings.h>

#define MARKETPLACE(name, country, currency) (struct marketplace){name, #country, #currency},
static const struct marketplace marketplaces[] = {
#include "read/marketplaces.def"
};
#undef MARKETPLACE

const struct marketplace *marketplace_find(const char *name)
{
    if (!strncasecmp(name, "www.", 4))
        name += 4;
    for (size_t i = 0; i < sizeof marketplaces / sizeof *marketplaces; i++)
        if (!strcasecmp(marketplaces[i].name, name))
            return &marketplaces[i];
    return NULL;
}
