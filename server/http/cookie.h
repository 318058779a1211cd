#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

/* The prefix makes browsers insist on Secure, Path=/ and no Domain. */
#define COOKIE_NAME "__Host-sid"

#endif
