/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "protocol/pusher-control-messages-private.h"

#include "base/pusher-error.h"
#include "message-with-data.h"

static const struct
{
  const char *data;
  const char *socket_id; /* NULL: refused */
  gint64 activity_timeout;
} established[] = {
  { "{\"socket_id\":\"5042.80766\",\"activity_timeout\":30}", "5042.80766",
    30 * G_USEC_PER_SEC },
  { "{\"socket_id\":\"7b2e43aa-9c1f-11ee-8c90-0242ac120002\"}",
    "7b2e43aa-9c1f-11ee-8c90-0242ac120002", 0 },
  { "{\"activity_timeout\":120.0,\"x\":{},\"socket_id\":\"1\"}", "1", 120 * G_USEC_PER_SEC },

  /* The timeout is optional, and none if it makes no sense */
  { "{\"socket_id\":\"1.2\"}", "1.2", 0 },
  { "{\"socket_id\":\"1.2\",\"activity_timeout\":0}", "1.2", 0 },
  { "{\"socket_id\":\"1.2\",\"activity_timeout\":-30}", "1.2", 0 },
  { "{\"socket_id\":\"1.2\",\"activity_timeout\":\"30\"}", "1.2", 0 },
  { "{\"socket_id\":\"1.2\",\"activity_timeout\":null}", "1.2", 0 },
  { "{\"socket_id\":\"1.2\",\"activity_timeout\":9223372036854775807}", "1.2",
    (gint64) G_MAXUINT * G_USEC_PER_SEC },

  { "{\"socket_id\":\"\xc3\xa9/1 2\"}", "\xc3\xa9/1 2", 0 },

  /* A socket id becomes part of what is signed */
  { "{\"socket_id\":\"\"}", NULL },
  { "{\"socket_id\":\"1.2:private-a\"}", NULL },
  { "{\"socket_id\":\"1.2\\n\"}", NULL },
  { "{\"socket_id\":1.2}", NULL },
  { "{\"socket_id\":null}", NULL },
  { "{\"activity_timeout\":30}", NULL },
  { "{}", NULL },
  { "[]", NULL },
  { "5042.80766", NULL },
  { "", NULL },
  { NULL, NULL },
};

#define UNSAID "The server reported an error and did not say which"

static const struct
{
  const char *data;
  int code;
  const char *message;
} errors[] = {
  { "{\"code\":4301,\"message\":\"Too fast\"}", 4301, "Too fast" },
  { "{\"code\":4201.0,\"message\":\"Pong\"}", 4201, "Pong" },

  /* Without a code */
  { "{\"code\":null,\"message\":\"Hm\"}", 0, "Hm" },
  { "{\"message\":\"Hm\"}", 0, "Hm" },
  { "{\"code\":\"4009\",\"message\":\"Hm\"}", 0, "Hm" },
  { "{\"code\":-1,\"message\":\"Hm\"}", 0, "Hm" },
  { "{\"code\":65536,\"message\":\"Hm\"}", 0, "Hm" },

  /* Without a text: what the code means */
  { "{\"code\":4001}", 4001, "There is no application with this key" },
  { "{\"code\":4001,\"message\":\"\"}", 4001, "There is no application with this key" },
  { "{\"code\":4001,\"message\":null}", 4001, "There is no application with this key" },

  /* Without either */
  { "{\"code\":null,\"message\":\"\"}", 0, UNSAID },
  { "{}", 0, UNSAID },
  { "", 0, UNSAID },
  { NULL, 0, UNSAID },

  /* Not an object: it may still be of use to a reader */
  { "Sorry", 0, "Sorry" },
  { "[4001]", 0, "[4001]" },
};

static void
test_established (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (established); i++)
    {
      PusherMessage message = message_with_data (established[i].data);
      g_autofree char *socket_id = NULL;
      g_autoptr (GError) error = NULL;
      gint64 activity_timeout = -1;
      gboolean sound = pusher_established_parse (&message, &socket_id, &activity_timeout, &error);

      g_assert_cmpint (sound, ==, established[i].socket_id != NULL);
      g_assert_cmpstr (socket_id, ==, established[i].socket_id);
      if (sound)
        {
          g_assert_no_error (error);
          g_assert_cmpint (activity_timeout, ==, established[i].activity_timeout);
        }
      else
        {
          g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL);
        }
    }
}

static void
test_server_error (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      PusherMessage message = message_with_data (errors[i].data);
      g_autoptr (GError) error = pusher_server_error_parse (&message);

      g_assert_error (error, PUSHER_SERVER_ERROR, errors[i].code);
      g_assert_cmpstr (error->message, ==, errors[i].message);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/control-messages/established", test_established);
  g_test_add_func ("/control-messages/server-error", test_server_error);

  return g_test_run ();
}
