/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "base/pusher-setters-private.h"
#include "connection/pusher-settings-private.h"

/* Which port counts; forced: a server has asked for TLS */
static const struct
{
  gboolean use_tls;
  gboolean forced;
  guint port;
  guint tls_port;
  int expected;
} ports[] = {
  { FALSE, FALSE, 0, 0, 80 },
  { FALSE, FALSE, 6001, 0, 6001 },
  { FALSE, FALSE, 6001, 6002, 6001 },
  { FALSE, TRUE, 6001, 6002, 6002 },
  { FALSE, TRUE, 6001, 0, 443 },
  { FALSE, TRUE, 0, 0, 443 },
  { TRUE, FALSE, 0, 0, 443 },
  { TRUE, FALSE, 6001, 0, 6001 },
  { TRUE, FALSE, 6001, 6002, 6002 },
  { TRUE, TRUE, 6001, 0, 6001 },
};

static void
test_port (void)
{
  PusherSettings settings;

  pusher_settings_init (&settings);
  pusher_set_string (&settings.key, "k");
  pusher_set_string (&settings.host, "localhost");

  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      settings.use_tls = ports[i].use_tls;
      settings.port = ports[i].port;
      settings.tls_port = ports[i].tls_port;
      uri = pusher_settings_build_uri (&settings, ports[i].forced, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_uri_get_port (uri), ==, ports[i].expected);
      g_assert_cmpstr (g_uri_get_scheme (uri), ==,
                       ports[i].use_tls || ports[i].forced ? "wss" : "ws");
    }

  pusher_settings_clear (&settings);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection-settings/port", test_port);

  return g_test_run ();
}
