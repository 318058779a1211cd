#ifndef HTTP_VERSION_H
#define HTTP_VERSION_H

/* The build says it; a build by hand has none. */
#ifndef AFTERSALES_VERSION
#define AFTERSALES_VERSION "0"
#endif

#endif
