#ifndef READ_MARKETPLACE_H
#define READ_MARKETPLACE_H

/** A row of marketplaces.def. */
struct marketplace {
    const char *name, *country, *currency;
};

/** The marketplace of a name as reports write it, in any case, with or without "www."; or NULL. */
const struct marketplace *marketplace_find(const char *name);

#endif
