/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "script.h"

#include "frames.h"

#include <sodium.h>
#include <string.h>

/* Few writes, and all of it in the cache of a processor. */
#define BLOCK_SIZE (256 * 1024)

#define MIN_MESSAGES 64

#define DISTINCT_NAME "event-000000000"
#define N_DIGITS 9

/* --- Data ---------------------------------------------------------------- */

/* What a stock exchange tells: some fields, then as many offers as have room. */
static char *
make_payload (gsize   size,
              guint64 i)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "{\"symbol\":\"PSHR\",\"price\":%u.%02u,\"size\":%u,\"time\":1718000%06u",
                   (guint) (100 + i % 800), (guint) (i * 37 % 100), (guint) (1 + i * 7 % 900),
                   (guint) (i % 1000000));

  if (size > 200)
    {
      g_string_append (text, ",\"bids\":[[100.5,10]");
      for (guint64 k = 0; text->len + 40 < size; k++)
        g_string_append_printf (text, ",[%u.%02u,%u]", (guint) (100 + (i + k) % 800),
                                (guint) (k * 31 % 100), (guint) (1 + (i + k) * 13 % 900));
      g_string_append_c (text, ']');
    }

  g_string_append (text, ",\"note\":\"");
  while (text->len + 2 < size)
    g_string_append_c (text, 'a' + text->len % 26);
  g_string_append (text, "\"}");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_json_string (GString    *json,
                    const char *text)
{
  g_string_append_c (json, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (json, '\\');
      g_string_append_c (json, *text);
    }
  g_string_append_c (json, '"');
}

/* As a server SDK does it. */
static char *
encrypt (const char *channel,
         const char *payload)
{
  gsize length = strlen (payload) + crypto_secretbox_MACBYTES;
  g_autofree guint8 *cipher = g_malloc (length);
  g_autofree char *key_text = g_strconcat (channel, MASTER_KEY, NULL);
  g_autofree char *nonce_text = NULL;
  g_autofree char *cipher_text = NULL;
  guint8 key[crypto_secretbox_KEYBYTES];
  guint8 nonce[crypto_secretbox_NONCEBYTES];

  crypto_hash_sha256 (key, (const guint8 *) key_text, strlen (key_text));
  randombytes_buf (nonce, sizeof nonce);
  crypto_secretbox_easy (cipher, (const guint8 *) payload, strlen (payload), nonce, key);
  nonce_text = g_base64_encode (nonce, sizeof nonce);
  cipher_text = g_base64_encode (cipher, length);

  return g_strdup_printf ("{\"nonce\":\"%s\",\"ciphertext\":\"%s\"}", nonce_text, cipher_text);
}

/* --- Messages ------------------------------------------------------------ */

static char *
make_message (const char *event,
              const char *channel,
              const char *data)
{
  GString *json = g_string_new (NULL);

  g_string_printf (json, "{\"event\":\"%s\",\"channel\":\"%s\",\"data\":", event, channel);
  append_json_string (json, data);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static char *
make_channel_event (const Settings *settings,
                    const char     *name,
                    guint64         i,
                    const char     *payload)
{
  g_autofree char *channel = settings_get_channel (settings, i % settings->channels);
  g_autofree char *encrypted = NULL;

  if (strstr (settings->prefix, "encrypted") != NULL)
    encrypted = encrypt (channel, payload);

  return make_message (name, channel, encrypted != NULL ? encrypted : payload);
}

static char *
make_event (const Settings *settings,
            guint64         i)
{
  g_autofree char *name = settings_get_name (settings, i % settings->names);
  g_autofree char *payload = make_payload (settings->payload, i);

  return make_channel_event (settings,
                             g_str_equal (settings->mode, "distinct") ? DISTINCT_NAME : name,
                             i, payload);
}

char *
script_make_end (const Settings *settings)
{
  return make_channel_event (settings, "end", 0, "{}");
}

static char *
make_member_info (guint64 id)
{
  return g_strdup_printf ("{\"name\":\"Member %" G_GUINT64_FORMAT "\",\"level\":3}", id);
}

/* Members anywhere in the list go, and come back. */
static char *
make_move (const Settings *settings,
           guint64         i)
{
  g_autofree char *channel = settings_get_channel (settings, 0);
  guint64 id = 1 + (i / 2 * 7919) % (settings->members - 1); /* the first one is the receiver */
  g_autofree char *info = make_member_info (id);
  g_autofree char *data = NULL;

  if (i % 2 == 0)
    data = g_strdup_printf ("{\"user_id\":\"user-%" G_GUINT64_FORMAT "\"}", id);
  else
    data = g_strdup_printf ("{\"user_id\":\"user-%" G_GUINT64_FORMAT "\",\"user_info\":%s}", id, info);

  return make_message (i % 2 == 0 ? "pusher_internal:member_removed"
                                  : "pusher_internal:member_added",
                       channel, data);
}

/* The answer to a subscription to a presence channel */
char *
script_make_snapshot (const Settings *settings,
                      const char     *channel)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GString) hash = g_string_new (NULL);
  g_autofree char *data = NULL;

  for (guint64 i = 0; i < settings->members; i++)
    {
      g_autofree char *info = make_member_info (i);

      g_string_append_printf (ids, "%s\"user-%" G_GUINT64_FORMAT "\"", i > 0 ? "," : "", i);
      g_string_append_printf (hash, "%s\"user-%" G_GUINT64_FORMAT "\":%s", i > 0 ? "," : "", i, info);
    }
  data = g_strdup_printf ("{\"presence\":{\"ids\":[%s],\"hash\":{%s},\"count\":%" G_GUINT64_FORMAT "}}",
                          ids->str, hash->str, settings->members);

  return make_message ("pusher_internal:subscription_succeeded", channel, data);
}

/* --- The script ---------------------------------------------------------- */

void
script_init (Script         *self,
             const Settings *settings)
{
  gboolean presence = settings->members > 0;
  guint64 cycle = MAX (settings->channels, settings->names);
  guint64 n_messages = 0;

  *self = (Script) { g_byte_array_new (), g_array_new (FALSE, FALSE, sizeof (gsize)), 0 };

  /* Whole cycles only */
  while (n_messages < MIN_MESSAGES || self->block->len < BLOCK_SIZE || n_messages % cycle != 0 ||
         (presence && n_messages % 2 != 0))
    {
      g_autofree char *text = presence ? make_move (settings, n_messages)
                                       : make_event (settings, n_messages);
      gsize end;

      frame_append_text (self->block, text);
      end = self->block->len;
      g_array_append_val (self->ends, end);
      n_messages++;
    }

  if (g_str_equal (settings->mode, "distinct"))
    {
      /* In the first message; all are equally long. */
      while (memcmp (self->block->data + self->number, DISTINCT_NAME, strlen (DISTINCT_NAME)) != 0)
        self->number++;
      self->number += strlen (DISTINCT_NAME) - N_DIGITS;
    }
}

void
script_clear (Script *self)
{
  g_clear_pointer (&self->block, g_byte_array_unref);
  g_clear_pointer (&self->ends, g_array_unref);
}

/* Gives each message of the block a number of its own, if the script wants that. */
void
script_number (Script *self,
               guint64 first)
{
  gsize start = 0;

  for (guint i = 0; self->number > 0 && i < self->ends->len; i++)
    {
      guint64 number = first + i;

      for (guint digit = N_DIGITS; digit-- > 0; number /= 10)
        self->block->data[start + self->number + digit] = '0' + number % 10;
      start = g_array_index (self->ends, gsize, i);
    }
}
