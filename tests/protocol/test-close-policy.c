/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-error.h"
#include "protocol/pusher-close-policy-private.h"

#define BACK_OFF PUSHER_CLOSE_ACTION_BACK_OFF
#define RETRY PUSHER_CLOSE_ACTION_RETRY
#define USE_TLS PUSHER_CLOSE_ACTION_USE_TLS
#define REFUSED PUSHER_CLOSE_ACTION_REFUSED

static const struct
{
  guint code;
  PusherCloseAction action;
  gint64 min_delay;
} cases[] = {
  { 0, BACK_OFF, 0 },
  { 999, BACK_OFF, 0 },
  { 1000, BACK_OFF, 0 },
  { 1002, BACK_OFF, 0 },
  { 1003, BACK_OFF, 0 },
  { 1004, BACK_OFF, 0 },
  { PUSHER_CLOSE_CODE_ABNORMAL, BACK_OFF, 0 },
  { 1009, BACK_OFF, 0 },
  { 1015, BACK_OFF, 0 },
  { 3000, BACK_OFF, 0 },
  { 3999, BACK_OFF, 0 },
  { PUSHER_SERVER_ERROR_TLS_REQUIRED, USE_TLS, 0 },
  { PUSHER_SERVER_ERROR_APP_NOT_FOUND, REFUSED, 0 },
  { 4002, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_APP_DISABLED, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_OVER_QUOTA, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_PATH_NOT_FOUND, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_INVALID_VERSION, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_UNSUPPORTED_PROTOCOL, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_NO_PROTOCOL, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_UNAUTHORIZED, REFUSED, 0 },
  { 4010, REFUSED, 0 },
  { 4099, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_OVER_CAPACITY, BACK_OFF, G_USEC_PER_SEC },
  { 4199, BACK_OFF, G_USEC_PER_SEC },
  { PUSHER_SERVER_ERROR_RECONNECT, RETRY, 0 },
  { PUSHER_SERVER_ERROR_PONG_MISSED, RETRY, 0 },
  { PUSHER_SERVER_ERROR_INACTIVE, RETRY, 0 },
  { 4203, RETRY, 0 },
  { 4299, RETRY, 0 },
  { 4300, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_CLIENT_EVENT_RATE, REFUSED, 0 },
  { PUSHER_SERVER_ERROR_WATCHLIST_LIMIT, REFUSED, 0 },
  { 4303, REFUSED, 0 },
  { 5000, REFUSED, 0 },
  { G_MAXUINT16, REFUSED, 0 },
  { G_MAXUINT16 + 1, REFUSED, 0 },
  { G_MAXUINT, REFUSED, 0 },
};

static void
test_actions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PusherClosePolicy *policy = pusher_close_policy_lookup (cases[i].code);

      g_test_message ("%u", cases[i].code);
      g_assert_cmpint (policy->action, ==, cases[i].action);
      g_assert_cmpint (policy->min_delay, ==, cases[i].min_delay);
    }
}

/* Whatever a server closes with, there is one answer and a text to show. */
static void
test_all_codes (void)
{
  for (guint code = 0; code <= G_MAXUINT16; code++)
    {
      const PusherClosePolicy *policy = pusher_close_policy_lookup (code);

      g_assert_cmpuint (policy->first, <=, code);
      g_assert_cmpuint (policy->last, >=, code);
      g_assert_nonnull (policy->meaning);
      g_assert_cmpstr (policy->meaning, !=, "");

      if (code == policy->first && code > 0)
        g_assert_cmpuint (pusher_close_policy_lookup (code - 1)->last, ==, code - 1);
    }
}

static void
test_meanings (void)
{
  g_assert_cmpstr (pusher_close_policy_lookup (PUSHER_SERVER_ERROR_APP_NOT_FOUND)->meaning, ==,
                   "There is no application with this key");
  g_assert_cmpstr (pusher_close_policy_lookup (PUSHER_CLOSE_CODE_ABNORMAL)->meaning, ==,
                   "The connection was lost");
  g_assert_cmpstr (pusher_close_policy_lookup (4042)->meaning, ==,
                   "The server refused the connection");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/close-policy/actions", test_actions);
  g_test_add_func ("/close-policy/all-codes", test_all_codes);
  g_test_add_func ("/close-policy/meanings", test_meanings);

  return g_test_run ();
}
