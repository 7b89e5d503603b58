/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "base/pusher-error.h"
#include "protocol/pusher-url-private.h"

#include <libsoup/soup.h>

#define QUERY "?protocol=7&client=pusher-glib&version=" PUSHER_VERSION

static const struct
{
  PusherAddress address;
  const char *uri;
} valid[] = {
  { { .key = "KEY", .cluster = "mt1", .use_tls = TRUE }, "wss://ws-mt1.pusher.com/app/KEY" },
  { { .key = "KEY", .cluster = "mt1" }, "ws://ws-mt1.pusher.com/app/KEY" },
  { { .key = "KEY", .cluster = "ap-1", .host = "", .path = "" },
    "ws://ws-ap-1.pusher.com/app/KEY" },

  /* The default cluster */
  { { .key = "k", .use_tls = TRUE }, "wss://ws-mt1.pusher.com/app/k" },
  { { .key = "k", .cluster = "", .host = "" }, "ws://ws-mt1.pusher.com/app/k" },

  /* A host counts more than a cluster */
  { { .key = "k", .host = "localhost", .port = 6001 }, "ws://localhost:6001/app/k" },
  { { .key = "k", .cluster = "mt1", .host = "push.example" }, "ws://push.example/app/k" },
  { { .key = "k", .cluster = "", .host = "127.0.0.1" }, "ws://127.0.0.1/app/k" },
  { { .key = "k", .host = "push_1.Example." }, "ws://push_1.example./app/k" },
  { { .key = "k", .host = "b\xc3\xbc" "cher.example" }, "ws://xn--bcher-kva.example/app/k" },
  { { .key = "k", .host = "::1" }, "ws://[::1]/app/k" },
  { { .key = "k", .host = "[::1]", .port = 6001 }, "ws://[::1]:6001/app/k" },
  { { .key = "k", .host = "2001:db8::7", .use_tls = TRUE }, "wss://[2001:db8::7]/app/k" },

  /* The port of the scheme does not show */
  { { .key = "k", .host = "h", .port = 443, .use_tls = TRUE }, "wss://h/app/k" },
  { { .key = "k", .host = "h", .port = 80, .use_tls = TRUE }, "wss://h:80/app/k" },
  { { .key = "k", .host = "h", .port = 80 }, "ws://h/app/k" },
  { { .key = "k", .host = "h", .port = 443 }, "ws://h:443/app/k" },
  { { .key = "k", .host = "h", .port = 65535 }, "ws://h:65535/app/k" },

  { { .key = "k", .host = "h", .path = "/" }, "ws://h/app/k" },
  { { .key = "k", .host = "h", .path = "///" }, "ws://h/app/k" },
  { { .key = "k", .host = "h", .path = "reverb" }, "ws://h/reverb/app/k" },
  { { .key = "k", .host = "h", .path = "/reverb/" }, "ws://h/reverb/app/k" },
  { { .key = "k", .host = "h", .path = "//a//b//" }, "ws://h/a/b/app/k" },
  { { .key = "k", .host = "h", .path = "/a b/%20/%zz/100%/%4" },
    "ws://h/a%20b/%20/%25zz/100%25/%254/app/k" },
  { { .key = "k", .host = "h", .path = "/a?b#c\n\xc3\xa9\xff" },
    "ws://h/a%3Fb%23c%0A%C3%A9%FF/app/k" },
  { { .key = "k", .host = "h", .path = "/a:b@c,d;e=f&g+h!i" }, "ws://h/a:b@c,d;e=f&g+h!i/app/k" },

  { { .key = "a/b c?d#e%20\xc3\xa9&f", .host = "h" },
    "ws://h/app/a%2Fb%20c%3Fd%23e%2520%C3%A9%26f" },
  { { .key = "278d425bdf160c739803", .host = "h" }, "ws://h/app/278d425bdf160c739803" },
};

static const struct
{
  PusherAddress address;
  const char *what;
} invalid[] = {
  { { .cluster = "mt1" }, "The key is not set" },
  { { .key = "", .cluster = "mt1" }, "The key is not set" },
  { { .key = "k", .cluster = "MT1" }, "The cluster has a character" },
  { { .key = "k", .cluster = "mt1.evil.example/" }, "The cluster has a character" },
  { { .key = "k", .cluster = "mt 1" }, "The cluster has a character" },
  { { .key = "k", .cluster = "\xc3\xa9" }, "The cluster has a character" },
  { { .key = "k", .cluster = "mt1", .port = 65536 }, "The port is not in the range" },
  { { .key = "k", .cluster = "mt1", .port = G_MAXUINT }, "The port is not in the range" },
  { { .key = "k", .host = "a b" }, "The host has a character" },
  { { .key = "k", .host = "a/b" }, "The host has a character" },
  { { .key = "k", .host = "user@h" }, "The host has a character" },
  { { .key = "k", .host = "h\n" }, "The host has a character" },
  { { .key = "k", .host = "h?q" }, "The host has a character" },
  { { .key = "k", .host = "h#f" }, "The host has a character" },
  { { .key = "k", .host = "h%00" }, "The host has a character" },
  { { .key = "k", .host = "\xff" }, "The host is not a valid name" },
  { { .key = "k", .host = "." }, "The host is not a valid name" },
  { { .key = "k", .host = "a..b" }, "The host is not a valid name" },
  { { .key = "k", .host = "h:6001" }, "the port is a setting of its own" },
  { { .key = "k", .host = "ws://h" }, "is not an IPv6 address" },
  { { .key = "k", .host = ":" }, "is not an IPv6 address" },
  { { .key = "k", .host = "[" }, "is not an IPv6 address" },
  { { .key = "k", .host = "]" }, "is not an IPv6 address" },
  { { .key = "k", .host = "[]" }, "is not an IPv6 address" },
  { { .key = "k", .host = "[::1" }, "is not an IPv6 address" },
  { { .key = "k", .host = "::1]" }, "is not an IPv6 address" },
  { { .key = "k", .host = "[127.0.0.1]" }, "is not an IPv6 address" },
  { { .key = "k", .host = "[::1]:6001" }, "is not an IPv6 address" },
  { { .key = "k", .host = "fe80::1%eth0" }, "is not an IPv6 address" },
  { { .key = "k", .host = "::xyz" }, "is not an IPv6 address" },
};

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      const PusherAddress *address = &valid[i].address;
      g_autofree char *expected = g_strconcat (valid[i].uri, QUERY, NULL);
      g_autofree char *text = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GUri) uri = pusher_address_build_uri (address, &error);
      guint default_port = address->use_tls ? 443 : 80;

      g_assert_no_error (error);
      text = g_uri_to_string (uri);
      g_assert_cmpstr (text, ==, expected);
      g_assert_cmpint (g_uri_get_port (uri), ==,
                       address->port != 0 ? address->port : default_port);
      g_assert_null (g_uri_get_userinfo (uri));
      g_assert_null (g_uri_get_fragment (uri));
    }
}

static void
test_invalid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, invalid[i].what);
      g_assert_null (pusher_address_build_uri (&invalid[i].address, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS);
      g_assert_nonnull (g_strstr_len (error->message, -1, invalid[i].what));
    }
}

/* What the library does with an address: libsoup takes it and changes nothing. */
static void
test_libsoup (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr(GUri) uri = pusher_address_build_uri (&valid[i].address, NULL);
      g_autoptr(SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
      g_autofree char *text = g_uri_to_string (uri);
      g_autofree char *kept = NULL;

      g_assert_nonnull (message);
      kept = g_uri_to_string (soup_message_get_uri (message));
      g_assert_cmpstr (kept, ==, text);
    }
}

static void
assert_origin (const char *text,
               const char *expected)
{
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *origin = pusher_uri_get_origin (uri);

  g_assert_cmpstr (origin, ==, expected);
}

static void
test_origin (void)
{
  assert_origin ("wss://user:password@example.org/app/key?query#fragment", "wss://example.org:443");
  assert_origin ("ws://127.0.0.1:6001/", "ws://127.0.0.1:6001");
  assert_origin ("http://[::1]/auth", "http://[::1]:80");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/url/valid", test_valid);
  g_test_add_func ("/url/invalid", test_invalid);
  g_test_add_func ("/url/libsoup", test_libsoup);
  g_test_add_func ("/url/origin", test_origin);

  return g_test_run ();
}
