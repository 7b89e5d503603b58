/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Before 3.4.3 a server of libsoup loses the path of a request that has a body of which it
 * cannot tell the length (“Content-Length: 2*”): parse_headers() returns without freeing it.
 * The leak checker is told to ignore the paths, and nothing else.
 *
 * A suppression would name the same function, but needs the whole stack of each allocation,
 * with which the fuzzer is ten times as slow. */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <libsoup/soup.h>

/* Of the sanitizer, if there is one */
extern void __lsan_ignore_object (const void *object) __attribute__ ((weak));

typedef guint (*ParseRequest) (const char         *str,
                               int                 len,
                               SoupMessageHeaders *headers,
                               char              **method,
                               char              **path,
                               SoupHTTPVersion    *version);

/* In place of libsoup's, which it calls */
guint
soup_headers_parse_request (const char         *str,
                            int                 len,
                            SoupMessageHeaders *headers,
                            char              **method,
                            char              **path,
                            SoupHTTPVersion    *version)
{
  ParseRequest parse_request = (ParseRequest) dlsym (RTLD_NEXT, G_STRFUNC);
  guint status;

  g_assert_nonnull (parse_request);
  status = parse_request (str, len, headers, method, path, version);
  if (SOUP_STATUS_IS_SUCCESSFUL (status) && path != NULL && __lsan_ignore_object != NULL)
    __lsan_ignore_object (*path);

  return status;
}
