/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-error.h"
#include "protocol/pusher-channel-name-private.h"

#include <string.h>

/* Servers think differently of many of these. */
static const char *const valid_names[] = {
  "a", "my-channel", "-", "_=@,.;", "ABC-xyz_019", "private-", "presence-", "private-encrypted-",
  "cache-", "private-cache-x", "presence-room@1,2;3.4=5", "App.Models.User:42", "my channel", "a#b",
  "a/b", "a\"", "a*", "caf\xc3\xa9", "\xf0\x9f\x98\x80", "\\",
};

static const struct
{
  const char *name;
  const char *what; /* the application shows */
} invalid_names[] = {
  { NULL, "The channel name is empty" },
  { "", "The channel name is empty" },
  { "#", "is reserved" },
  { "#server-to-user-42",
    "The channel name “#server-to-user-42” is reserved: it begins with “#”" },
  { "a\n", "The channel name has a control character" },
  { "\x7f", "The channel name has a control character" },
  { "a\xc2\x85", "The channel name has a control character" },
  { "caf\xe9", "The channel name is not valid UTF-8" },
  { "\xff#", "The channel name is not valid UTF-8" },
};

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid_names); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (pusher_channel_name_check (valid_names[i], &error));
      g_assert_no_error (error);
    }
}

static void
test_invalid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid_names); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (pusher_channel_name_check (invalid_names[i].name, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_nonnull (strstr (error->message, invalid_names[i].what));
      g_assert_false (pusher_channel_name_check (invalid_names[i].name, NULL));
    }
}

/* Every single character that is not a control character */
static void
test_characters (void)
{
  for (int c = 1; c < 0x80; c++)
    {
      char name[] = { 'x', c, '\0' };

      g_assert_cmpint (pusher_channel_name_check (name, NULL), ==,
                       c >= 0x20 && c != 0x7f);
    }
}

static void
test_length (void)
{
  g_autofree char *longest = g_strnfill (PUSHER_CHANNEL_NAME_MAX_SIZE, 'a');
  g_autofree char *too_long = g_strnfill (PUSHER_CHANNEL_NAME_MAX_SIZE + 1, 'a');
  g_autoptr(GError) error = NULL;

  g_assert_true (pusher_channel_name_check (longest, &error));
  g_assert_no_error (error);
  g_assert_false (pusher_channel_name_check (too_long, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME);
  g_assert_cmpstr (error->message, ==, "The channel name has 513 bytes, and may have 512");
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *name;
    PusherChannelKind kind;
    gboolean is_cache;
  } kinds[] = {
    { "x", PUSHER_CHANNEL_KIND_PUBLIC, FALSE },
    { "cache-x", PUSHER_CHANNEL_KIND_PUBLIC, TRUE },
    { "private-x", PUSHER_CHANNEL_KIND_PRIVATE, FALSE },
    { "private-cache-x", PUSHER_CHANNEL_KIND_PRIVATE, TRUE },
    { "presence-x", PUSHER_CHANNEL_KIND_PRESENCE, FALSE },
    { "presence-cache-x", PUSHER_CHANNEL_KIND_PRESENCE, TRUE },
    { "private-encrypted-x", PUSHER_CHANNEL_KIND_ENCRYPTED, FALSE },
    { "private-encrypted-cache-x", PUSHER_CHANNEL_KIND_ENCRYPTED, TRUE },
    /* Bare prefixes, and what only looks like one */
    { "private-", PUSHER_CHANNEL_KIND_PRIVATE, FALSE },
    { "presence-", PUSHER_CHANNEL_KIND_PRESENCE, FALSE },
    { "private-encrypted-", PUSHER_CHANNEL_KIND_ENCRYPTED, FALSE },
    { "cache-", PUSHER_CHANNEL_KIND_PUBLIC, TRUE },
    { "private-encrypted", PUSHER_CHANNEL_KIND_PRIVATE, FALSE },
    { "private", PUSHER_CHANNEL_KIND_PUBLIC, FALSE },
    { "Private-x", PUSHER_CHANNEL_KIND_PUBLIC, FALSE },
    { "presence-encrypted-x", PUSHER_CHANNEL_KIND_PRESENCE, FALSE },
    { "cache", PUSHER_CHANNEL_KIND_PUBLIC, FALSE },
    { "cache-private-x", PUSHER_CHANNEL_KIND_PUBLIC, TRUE },
    { "private-x-cache-", PUSHER_CHANNEL_KIND_PRIVATE, FALSE },
    { "private-cache", PUSHER_CHANNEL_KIND_PRIVATE, FALSE },
    /* Names that an application may not subscribe to */
    { "#server-to-user-42", PUSHER_CHANNEL_KIND_PUBLIC, FALSE },
    { "", PUSHER_CHANNEL_KIND_PUBLIC, FALSE },
    { "\xff", PUSHER_CHANNEL_KIND_PUBLIC, FALSE },
    { NULL, PUSHER_CHANNEL_KIND_PUBLIC, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (pusher_channel_name_get_kind (kinds[i].name), ==, kinds[i].kind);
      g_assert_cmpint (pusher_channel_name_is_cache (kinds[i].name), ==, kinds[i].is_cache);
    }
}

static char *
build_event_name (gsize size)
{
  GString *name = g_string_new ("client-");

  while (name->len < size)
    g_string_append_c (name, 'a');

  return g_string_free (name, FALSE);
}

static void
test_client_event (void)
{
  g_autofree char *longest = build_event_name (PUSHER_EVENT_NAME_MAX_SIZE);
  g_autofree char *too_long = build_event_name (PUSHER_EVENT_NAME_MAX_SIZE + 1);
  const char *const valid[] = { "client-", "client-typing", "client-\xc3\xa9 :/", longest };
  const struct
  {
    const char *name;
    const char *what;
  } invalid[] = {
    { NULL, "The event name is empty" },
    { "", "The event name is empty" },
    { "typing", "The event name “typing” does not begin with “client-”" },
    { "Client-typing", "does not begin with “client-”" },
    { "client", "does not begin with “client-”" },
    { "pusher:ping", "does not begin with “client-”" },
    { "client-\xff", "The event name is not valid UTF-8" },
    { "client-\t", "The event name has a control character" },
    { too_long, "The event name has 201 bytes, and may have 200" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (pusher_client_event_name_check (valid[i], &error));
      g_assert_no_error (error);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (pusher_client_event_name_check (invalid[i].name, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME);
      g_assert_true (g_str_has_suffix (error->message, invalid[i].what));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channel-name/valid", test_valid);
  g_test_add_func ("/channel-name/invalid", test_invalid);
  g_test_add_func ("/channel-name/characters", test_characters);
  g_test_add_func ("/channel-name/length", test_length);
  g_test_add_func ("/channel-name/kinds", test_kinds);
  g_test_add_func ("/channel-name/client-event", test_client_event);

  return g_test_run ();
}
