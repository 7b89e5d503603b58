/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "protocol/pusher-signature-private.h"

#define KEY "278d425bdf160c739803"
#define SECRET "7ad3773142a6692b25b8"
#define SOCKET_ID "1234.1234"

/* The first is the protocol's own vector; the others were made with the hmac
 * module of Python. */
static const struct
{
  const char *channel_name;
  const char *channel_data;
  const char *auth;
} channels[] = {
  { "private-foobar", NULL,
    KEY ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4" },
  { "presence-foobar", "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Pusher\"}}",
    KEY ":afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c" },
  { "private-\xc3\xbc", NULL,
    KEY ":832a25c96571f6f38a9cb61adf48170b1a10427f619dac9bace31be529be163b" },
};

static void
test_channel (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_autofree char *auth =
        pusher_signature_for_channel (KEY, SECRET, SOCKET_ID, channels[i].channel_name,
                                      channels[i].channel_data);

      g_assert_cmpstr (auth, ==, channels[i].auth);
    }
}

/* Data that is empty is signed, data that is not there is not. */
static void
test_empty_data (void)
{
  g_autofree char *without =
    pusher_signature_for_channel (KEY, SECRET, SOCKET_ID, "presence-a", NULL);
  g_autofree char *with =
    pusher_signature_for_channel (KEY, SECRET, SOCKET_ID, "presence-a", "");

  g_assert_cmpstr (with, !=, without);
}

static void
test_user (void)
{
  g_autofree char *auth =
    pusher_signature_for_user (KEY, SECRET, SOCKET_ID, "{\"id\":\"12345\"}");

  g_assert_cmpstr (auth, ==,
                   KEY ":4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signature/channel", test_channel);
  g_test_add_func ("/signature/empty-data", test_empty_data);
  g_test_add_func ("/signature/user", test_user);

  return g_test_run ();
}
