/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "messages.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-control-messages-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "world.h"

#include <string.h>

static char *last; /* what was said */

static void
push (PusherTransport *transport,
      char            *text)
{
  g_free (last);
  last = text;
  mock_transport_push_text (transport, text, strlen (text));
}

/* Nothing was said yet. */
void
say_forget (void)
{
  g_clear_pointer (&last, g_free);
}

void
say (PusherTransport *transport,
     const char      *event,
     const char      *channel,
     const char      *data_json)
{
  push (transport, pusher_message_encode (event, channel, data_json));
}

/* As most servers do it, or as a part of the message */
static void
say_data (PusherTransport *transport,
          const char      *event,
          const char      *channel,
          const char      *data)
{
  g_autofree char *quoted = pusher_json_quote (data);

  say (transport, event, channel, input_chance (64) ? data : quoted);
}

static const char *
draw_id (void)
{
  return world_user_ids[input_draw (N_USER_IDS)];
}

static const char *
draw_info (void)
{
  static const char *const infos[] = {
    "{\"name\":\"Al\"}", "null", "{\"name\":\"Bo\",\"n\":[1,2.5,true]}", "\"text\"", "12", "{}",
  };

  return infos[input_draw (G_N_ELEMENTS (infos))];
}

/* --- The connection ------------------------------------------------------ */

void
say_established (PusherTransport *transport)
{
  static const struct
  {
    const char *before; /* the number of the connection */
    const char *after;
  } texts[] = {
    { "{\"socket_id\":\"", ".1\",\"activity_timeout\":120}" },
    { "{\"socket_id\":\"", ".2\"}" },
    { "{\"socket_id\":\"", ".3\",\"activity_timeout\":1}" },
    { "{\"socket_id\":\"", ".4\",\"activity_timeout\":-5}" },
    { "{\"socket_id\":\"x ", "\"}" },
    { "{\"socket_id\":", "}" },
    { "{\"", "\":0}" },
  };
  guint index = input_chance (32) ? input_draw (G_N_ELEMENTS (texts)) : 0;
  g_autofree char *data = g_strdup_printf ("%s%u%s", texts[index].before, ++world.n_connections,
                                           texts[index].after);

  say_data (transport, PUSHER_MESSAGE_ESTABLISHED, NULL, data);
}

void
say_pong (PusherTransport *transport)
{
  say (transport, PUSHER_MESSAGE_PONG, NULL, "{}");
}

/* --- Answers ------------------------------------------------------------- */

static void
add_member (GString    *hash,
            const char *id,
            const char *info)
{
  pusher_json_add_raw (hash, id, info);
}

/* Whoever asked is among the members, if all is right. */
static char *
make_snapshot (const char *my_id)
{
  g_autoptr (GString) ids = g_string_new ("[");
  g_autoptr (GString) hash = g_string_new ("{");
  guint n = input_draw (N_USER_IDS);

  if (my_id != NULL && !input_chance (8))
    {
      g_autofree char *quoted = pusher_json_quote (my_id);

      g_string_append (ids, quoted);
      add_member (hash, my_id, "{\"name\":\"Me\"}");
    }
  while (n-- > 0)
    {
      const char *id = draw_id ();

      /* A number, or twice, or without an info, or an info alone */
      if (!input_chance (16))
        g_string_append_printf (ids, input_chance (32) ? "%s%s" : "%s\"%s\"",
                                ids->len > 1 ? "," : "", id);
      if (!input_chance (16) && !g_str_equal (id, my_id != NULL ? my_id : ""))
        add_member (hash, id, draw_info ());
    }
  g_string_append_c (ids, ']');
  g_string_append_c (hash, '}');

  return g_strdup_printf ("{\"presence\":{\"ids\":%s,\"hash\":%s,\"count\":1}}", ids->str,
                          hash->str);
}

static void
accept_subscription (PusherTransport *transport,
                     const Request   *request)
{
  Subscription *subscription = model_find (mock_transport_get_model (transport), request->name);
  const char *my_id = subscription != NULL ? subscription->my_id : NULL;
  g_autofree char *snapshot = NULL;

  if (!g_str_has_prefix (request->name, "presence-"))
    {
      say (transport, PUSHER_MESSAGE_SUBSCRIBED, request->name, input_chance (128) ? "{}" : NULL);
      return;
    }

  snapshot = input_chance (8) ? g_strdup ("{\"presence\":{}}") : make_snapshot (my_id);
  say_data (transport, PUSHER_MESSAGE_SUBSCRIBED, request->name, snapshot);
}

static void
accept_sign_in (PusherTransport *transport,
                const Request   *request)
{
  static const char *const others[] = {
    "{}", "{\"user_data\":\"{}\"}", "{\"user_data\":{\"id\":\"3\"}}", "[]",
    "{\"user_data\":\"{\\\"id\\\":\\\"\\\"}\"}",
  };
  g_autoptr (GString) data = g_string_new (NULL);

  if (input_chance (24))
    {
      say_data (transport, PUSHER_MESSAGE_SIGN_IN_SUCCESS, NULL,
                others[input_draw (G_N_ELEMENTS (others))]);
      return;
    }

  pusher_json_begin_object (data, NULL);
  pusher_json_add_string (data, "user_data", request->data);
  pusher_json_end_object (data);
  say_data (transport, PUSHER_MESSAGE_SIGN_IN_SUCCESS, NULL, data->str);
}

void
say_accepted (PusherTransport *transport,
              const Request   *request)
{
  if (request->name != NULL)
    accept_subscription (transport, request);
  else
    accept_sign_in (transport, request);
}

static void
say_nameless (PusherTransport *transport)
{
  static const char *const codes[] = { "4009", "4200", "4300", "4301" };
  g_autofree char *data = g_strdup_printf ("{\"code\":%s,\"message\":\"no\"}",
                                           codes[input_draw (G_N_ELEMENTS (codes))]);

  say (transport, PUSHER_MESSAGE_ERROR, NULL, data);
}

void
say_refused (PusherTransport *transport,
             const Request   *request)
{
  static const char *const texts[] = {
    "{\"type\":\"AuthError\",\"error\":\"no\",\"status\":401}", "\"no\"", "{}", "[1]",
  };
  const char *text = texts[input_draw (G_N_ELEMENTS (texts))];

  if (input_chance (64))
    say_nameless (transport);
  else if (request->name == NULL)
    say_data (transport, PUSHER_MESSAGE_SIGN_IN_ERROR, NULL, text);
  else if (input_chance (64))
    say (transport, PUSHER_MESSAGE_ERROR, request->name, "{\"code\":4009,\"message\":\"no\"}");
  else
    say_data (transport, PUSHER_MESSAGE_SUBSCRIPTION_ERROR, request->name, text);
}

/* --- What is published --------------------------------------------------- */

static void
say_numbered_event (PusherTransport *transport,
                    const char      *channel,
                    guint            key_index)
{
  g_autofree char *data = g_strdup_printf ("{\"n\":%u}", ++world.n_events);
  g_autofree char *sealed =
    strstr (channel, "encrypted") != NULL ? world_encrypt (key_index, data) : NULL;

  say_data (transport, WORLD_NUMBERED_EVENT, channel, sealed != NULL ? sealed : data);
}

void
say_event (PusherTransport *transport,
           const char      *channel)
{
  static const char *const names[] = {
    "tick", "client-hi", "pusher:odd", "pusher_internal:odd", "pusher:cache_miss", "psst-1",
  };
  static const char *const data[] = {
    "{\"psst\":1}", "\"psst\"", "12.50", "null", "[1,[2,[3]]]", "true", "{\"a\":{\"a\":null}}",
  };
  const char *text = data[input_draw (G_N_ELEMENTS (data))];
  const char *name = names[input_draw (G_N_ELEMENTS (names))];
  guint index = input_chance (96) ? input_draw (N_KEYS) : world.key_index;
  g_autofree char *sealed = NULL;

  if (channel != NULL && input_chance (160))
    {
      say_numbered_event (transport, channel, index);
      return;
    }
  if (channel != NULL && strstr (channel, "encrypted") != NULL && !input_chance (32))
    {
      sealed = world_encrypt (index, text);
      text = sealed;
    }
  if (input_chance (32))
    {
      g_autofree char *quoted = pusher_json_quote (text);

      push (transport, g_strdup_printf ("{\"event\":\"%s\",\"channel\":\"%s\",\"data\":%s,"
                                        "\"user_id\":\"%s\"}", name,
                                        channel != NULL ? channel : "a", quoted, draw_id ()));
      return;
    }
  say_data (transport, name, channel, text);
}

void
say_member (PusherTransport *transport,
            const char      *channel)
{
  gboolean added = input_draw (2) == 0;
  g_autofree char *data =
    g_strdup_printf (input_chance (32) ? "{\"user_id\":%s,\"user_info\":%s}"
                                       : "{\"user_id\":\"%s\",\"user_info\":%s}",
                     draw_id (), draw_info ());

  say_data (transport, added ? "pusher_internal:member_added" : "pusher_internal:member_removed",
            channel, input_chance (8) ? "{\"user_info\":{}}" : data);
}

void
say_watchlist (PusherTransport *transport)
{
  static const char *const names[] = { "online", "offline", "odd" };
  g_autofree char *data =
    g_strdup_printf ("{\"events\":[{\"name\":\"%s\",\"user_ids\":[\"%s\",\"%s\"]},"
                     "{\"name\":\"%s\",\"user_ids\":[\"%s\",%u]}]}",
                     names[input_draw (3)], draw_id (), draw_id (), names[input_draw (3)],
                     draw_id (), input_draw (8));

  say_data (transport, PUSHER_MESSAGE_WATCHLIST, NULL, data);
}

void
say_count (PusherTransport *transport,
           const char      *channel)
{
  g_autofree char *data = g_strdup_printf ("{\"subscription_count\":%d}",
                                           (int) input_draw (6) - 1);

  say_data (transport, "pusher_internal:subscription_count", channel, data);
}

void
say_error (PusherTransport *transport,
           const char      *channel)
{
  static const char *const codes[] = {
    "4009", "4200", "4001", "4004", "4100", "4201", "4301", "4302", "null", "-1", "70000", "\"x\"",
  };
  g_autofree char *data = g_strdup_printf ("{\"code\":%s,\"message\":\"so\"}",
                                           codes[input_draw (G_N_ELEMENTS (codes))]);

  say_data (transport, PUSHER_MESSAGE_ERROR, channel, data);
}

/* --- What it should not say ---------------------------------------------- */

void
say_something_odd (PusherTransport *transport)
{
  static const char *const texts[] = {
    "{\"event\":\"pusher:ping\"}",
    "{\"event\":\"pusher:pong\"}",
    "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"1.1\"}}",
    "{\"event\":\"pusher:error\"}",
    "{\"event\":\"pusher:error\",\"data\":\"so\"}",
    "{\"event\":\"pusher:subscription_error\"}",
    "{\"event\":\"pusher_internal:subscription_succeeded\"}",
    "{\"event\":\"pusher:signin_success\",\"data\":{\"user_data\":{\"id\":\"1\"}}}",
    "{\"event\":\"pusher:signin_error\",\"data\":{}}",
    "{\"event\":\"pusher_internal:watchlist_events\",\"data\":{\"events\":[{},1]}}",
    "{\"event\":\"tick\",\"channel\":\"#server-to-user-1\",\"data\":\"psst\"}",
    "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"#server-to-user-1\"}",
    "{\"event\":\"pusher:subscription_error\",\"channel\":\"#server-to-user-me\"}",
    "{\"event\":\"tick\",\"channel\":\"\",\"data\":\"\\u0000\"}",
    "{\"event\":\"\",\"channel\":\"a\"}",
    "{\"event\":\"tick\"}",
    "[]",
    "nonsense",
    "",
  };

  push (transport, g_strdup (texts[input_draw (G_N_ELEMENTS (texts))]));
}

void
say_something_raw (PusherTransport *transport)
{
  gsize length;
  g_autofree char *text = input_text (&length);

  if (strstr (text, WORLD_NUMBERED_EVENT) == NULL)
    mock_transport_push_text (transport, text, length);
}

void
say_something_huge (PusherTransport *transport)
{
  gsize length = 1000 << input_draw (8);
  g_autofree char *huge = g_strnfill (length, 'x');

  if (input_draw (2) == 0)
    say (transport, huge, world_draw_channel (), "\"psst\"");
  else
    say (transport, "tick", huge, "\"psst\"");
}

/* The same as before, maybe on another connection, or with a byte that is another one.
 * What is numbered comes once. */
void
say_again (PusherTransport *transport)
{
  g_autofree char *text = g_strdup (last != NULL ? last : "{}");
  gsize length = strlen (text);

  if (strstr (text, WORLD_NUMBERED_EVENT) != NULL)
    return;

  if (input_chance (128))
    text[input_draw ((guint) length)] = (char) input_draw (256);
  mock_transport_push_text (transport, text, length);
}
