/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "protocol/pusher-subscription-messages-private.h"

#include "base/pusher-error.h"
#include "json/pusher-json-validator-private.h"
#include "message-with-data.h"

#include <gio/gio.h>

static const struct
{
  const char *event, *channel, *auth, *channel_data;
  const char *text;
} encoded[] = {
  { PUSHER_MESSAGE_SUBSCRIBE, "pub", NULL, NULL,
    "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"pub\"}}" },
  { PUSHER_MESSAGE_SUBSCRIBE, "private-a", "k:s", NULL,
    "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-a\",\"auth\":\"k:s\"}}" },
  { PUSHER_MESSAGE_SUBSCRIBE, "presence-p", "k:s", "{\"user_id\":\"u1\"}",
    "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"presence-p\",\"auth\":\"k:s\","
    "\"channel_data\":\"{\\\"user_id\\\":\\\"u1\\\"}\"}}" },
  { PUSHER_MESSAGE_SUBSCRIBE, "#server-to-user-4\"2", "", NULL,
    "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"#server-to-user-4\\\"2\","
    "\"auth\":\"\"}}" },
  { PUSHER_MESSAGE_UNSUBSCRIBE, "pub", NULL, NULL,
    "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"pub\"}}" },
};

static const struct
{
  const char *data;
  int status; /* 0: the server gave none */
  const char *message;
} errors[] = {
  { "{\"type\":\"AuthError\",\"error\":\"The signature is wrong\",\"status\":401}", 401,
    "AuthError: The signature is wrong" },
  { "{\"type\":\"LimitReached\",\"error\":\"Too many\",\"status\":4004}", 4004,
    "LimitReached: Too many" },
  { "{\"type\":\"AuthError\",\"error\":\"no\",\"status\":403.0}", 403, "AuthError: no" },

  /* Parts are missing, or are something else */
  { "{\"type\":\"ServerError\",\"error\":\"Down\"}", 0, "ServerError: Down" },
  { "{\"error\":\"Down\",\"status\":500}", 500, "SubscriptionError: Down" },
  { "{\"type\":\"AuthError\",\"status\":401}", 401, "AuthError: the server refused it" },
  { "{\"status\":401}", 401, "SubscriptionError: the server refused it" },
  { "{\"type\":5,\"error\":{},\"status\":\"401\"}", 0,
    "SubscriptionError: the server refused it" },
  { "{\"status\":null}", 0, "SubscriptionError: the server refused it" },
  { "{}", 0, "SubscriptionError: the server refused it" },
  { "[]", 0, "SubscriptionError: the server refused it" },
  { "403", 0, "SubscriptionError: the server refused it" },
  { NULL, 0, "SubscriptionError: the server refused it" },

  /* No statuses */
  { "{\"status\":0}", 0, "SubscriptionError: the server refused it" },
  { "{\"status\":-1}", 0, "SubscriptionError: the server refused it" },
  { "{\"status\":65536}", 0, "SubscriptionError: the server refused it" },
  { "{\"status\":4294967697}", 0, "SubscriptionError: the server refused it" },

  /* Only text */
  { "Connection is unauthorized", 0, "SubscriptionError: Connection is unauthorized" },
};

static const struct
{
  const char *data;
  gint64 count;
} counts[] = {
  { "{\"subscription_count\":3}", 3 },
  { "{\"subscription_count\":0}", 0 },
  { "{\"subscription_count\":3.0,\"x\":1}", 3 },
  { "{\"subscription_count\":5000000000}", G_GINT64_CONSTANT (5000000000) },
  { "{\"subscription_count\":-1}", -1 },
  { "{\"subscription_count\":-7}", -1 },
  { "{\"subscription_count\":\"3\"}", -1 },
  { "{\"subscription_count\":null}", -1 },
  { "{\"subscription_count\":1e300}", -1 },
  { "{}", -1 },
  { "3", -1 },
  { "three", -1 },
  { NULL, -1 },
};

static void
test_encode (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (encoded); i++)
    {
      g_autofree char *text =
        pusher_subscription_encode (encoded[i].event, encoded[i].channel, encoded[i].auth,
                                    encoded[i].channel_data);

      g_assert_cmpstr (text, ==, encoded[i].text);
    }
}

static void
test_error_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      PusherMessage message = message_with_data (errors[i].data);
      g_autoptr (GError) error = pusher_subscription_error_parse (&message);

      if (errors[i].status != 0)
        g_assert_error (error, PUSHER_SERVER_ERROR, errors[i].status);
      else
        g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_SUBSCRIPTION);
      g_assert_cmpstr (error->message, ==, errors[i].message);
    }
}

static void
assert_encoded (GError     *error,
                const char *expected)
{
  g_autoptr (GError) owned = error;
  g_autofree char *data = pusher_subscription_error_encode (owned);

  g_assert_true (pusher_json_validate (data, -1, NULL));
  g_assert_cmpstr (data, ==, expected);
}

/* Where the error did not come from the server of the channel, applications see
 * it in the form in which a server would send it. */
static void
test_error_encode (void)
{
  assert_encoded (g_error_new (PUSHER_HTTP_ERROR, 403, "Refused"),
                  "{\"type\":\"AuthError\",\"error\":\"Refused\",\"status\":403}");
  assert_encoded (g_error_new (PUSHER_SERVER_ERROR, 4009, "Refused"),
                  "{\"type\":\"AuthError\",\"error\":\"Refused\",\"status\":4009}");
  assert_encoded (g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT, "Too \"late\"\n"),
                  "{\"type\":\"AuthError\",\"error\":\"Too \\\"late\\\"\\n\"}");
  assert_encoded (g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "\xe2\x80\x9cNo\xe2\x80\x9d"),
                  "{\"type\":\"AuthError\",\"error\":\"\xe2\x80\x9cNo\xe2\x80\x9d\"}");

  /* The application may fail a request with any text */
  assert_encoded (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "caf\xe9"),
                  "{\"type\":\"AuthError\",\"error\":\"caf\xef\xbf\xbd\"}");
}

static void
test_count (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      PusherMessage message = message_with_data (counts[i].data);

      g_assert_cmpint (pusher_subscription_count_parse (&message), ==, counts[i].count);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/subscription-messages/encode", test_encode);
  g_test_add_func ("/subscription-messages/error-parse", test_error_parse);
  g_test_add_func ("/subscription-messages/error-encode", test_error_encode);
  g_test_add_func ("/subscription-messages/count", test_count);

  return g_test_run ();
}
