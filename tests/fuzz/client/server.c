/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "server.h"

#include "messages.h"
#include "mock-watch.h"
#include "protocol/pusher-close-policy-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "world.h"

/* --- What it is asked for ------------------------------------------------ */

static gboolean
answers_at_once (void)
{
  return world.peace || world.prompt;
}

void
server_asked_to_connect (PusherTransport *transport)
{
  if (answers_at_once ())
    mock_transport_push_open (transport);
}

void
server_opened (PusherTransport *transport)
{
  if (answers_at_once ())
    say_established (transport);
}

void
server_asked_to_close (PusherTransport *transport)
{
  if (answers_at_once () && !mock_transport_is_deaf (transport))
    mock_transport_push_end (transport, 1000, NULL, FALSE);
}

static void
accept_all (PusherTransport *transport)
{
  Model *model = mock_transport_get_model (transport);
  Request *request;

  while ((request = g_queue_pop_head (&model->requests)) != NULL)
    {
      say_accepted (transport, request);
      request_free (request);
    }
  while (model->n_pings > 0)
    {
      model->n_pings--;
      say_pong (transport);
    }
}

void
server_received (PusherTransport *transport)
{
  if (answers_at_once ())
    accept_all (transport);
}

/* --- What it does -------------------------------------------------------- */

static PusherTransport *
draw_transport (gboolean (*is_fit) (PusherTransport *))
{
  for (guint i = world.transports->len; i > 0; i--)
    if (is_fit (world.transports->pdata[i - 1]) && !input_chance (16))
      return world.transports->pdata[i - 1];

  return NULL;
}

/* Mostly one that the client has subscribed to, if there is one */
static const char *
draw_subscribed (PusherTransport *transport)
{
  guint index = input_draw (world.n_names);

  for (guint i = 0; i < world.n_names && !input_chance (32); i++)
    {
      Subscription *subscription =
        model_find (mock_transport_get_model (transport), world_get_channel (index + i));

      if (subscription != NULL && subscription->subscribed)
        return subscription->name;
    }

  return world_get_channel (index);
}

static void
handshake (void)
{
  PusherTransport *transport = draw_transport (mock_transport_is_connecting);

  if (transport == NULL)
    return;

  if (input_chance (48))
    mock_transport_push_end (transport, 0, NULL, TRUE);
  else
    mock_transport_push_open (transport);
}

static void
establish (PusherTransport *transport)
{
  if (!mock_transport_get_model (transport)->heard)
    say_established (transport);
}

static void
answer (PusherTransport *transport)
{
  Model *model = mock_transport_get_model (transport);
  guint index = input_draw (MAX (1, g_queue_get_length (&model->requests)));
  Request *request = g_queue_peek_nth (&model->requests, input_chance (128) ? index : 0);

  if (request == NULL || mock_transport_is_deaf (transport))
    return;

  if (input_chance (64))
    say_refused (transport, request);
  else
    say_accepted (transport, request);

  /* Or it answers a second time later */
  if (input_chance (16))
    return;
  g_queue_remove (&model->requests, request);
  request_free (request);
}

/* To what nobody asked for, maybe */
static void
answer_unasked (PusherTransport *transport)
{
  Request request = { (char *) world_draw_channel (), NULL };

  if (input_chance (32))
    request = (Request) { NULL, (char *) "{\"id\":\"1\"}" };
  if (input_chance (128))
    say_refused (transport, &request);
  else
    say_accepted (transport, &request);
}

/* Never answers to what it was asked for: the client has to ask again. */
static void
forget (PusherTransport *transport)
{
  Model *model = mock_transport_get_model (transport);
  Request *request = g_queue_pop_head (&model->requests);

  if (request != NULL)
    request_free (request);
}

/* Encrypted ones come together: those behind one with a new key have to wait. */
static void
event (PusherTransport *transport)
{
  const char *channel = input_chance (8) ? NULL : draw_subscribed (transport);
  gboolean encrypted = channel != NULL && g_str_has_prefix (channel, "private-encrypted-");
  guint n = input_chance (encrypted ? 192 : 32) ? 1 + input_draw (12) : 1;

  while (n-- > 0)
    say_event (transport, channel);
}

/* Of the user's own channel, or of somebody else's */
static void
user_event (PusherTransport *transport)
{
  const char *user_id = mock_transport_get_model (transport)->user_id;
  g_autofree char *channel =
    g_strconcat (PUSHER_USER_CHANNEL_PREFIX,
                 user_id != NULL && !input_chance (16) ? user_id : "1", NULL);

  say_event (transport, channel);
}

static void
member (PusherTransport *transport)
{
  say_member (transport, draw_subscribed (transport));
}

static void
count (PusherTransport *transport)
{
  say_count (transport, draw_subscribed (transport));
}

static void
error (PusherTransport *transport)
{
  say_error (transport, input_draw (3) == 0 ? NULL : world_draw_channel ());
}

static void
pong (PusherTransport *transport)
{
  Model *model = mock_transport_get_model (transport);

  if (model->n_pings > 0)
    model->n_pings--;
  say_pong (transport);
}

static void
stop_or_go_on_reading (PusherTransport *transport)
{
  mock_transport_set_deaf (transport, !mock_transport_is_deaf (transport));
}

static void
end (PusherTransport *transport)
{
  static const guint codes[] = {
    1000, PUSHER_CLOSE_CODE_ABNORMAL, 4200, 4001, 4100, 4000, 1009, 1001, 4009, 4302, 999, 4201,
  };
  guint code = codes[input_draw (G_N_ELEMENTS (codes))];

  if (input_chance (32))
    code = 1 + input_draw (65535);
  mock_transport_push_end (transport, code, input_draw (2) == 0 ? NULL : "so",
                           input_draw (2) != 0);
}

/* --- */

static void
close_or_hint (void)
{
  PusherTransport *transport = draw_transport (mock_transport_is_closing);

  if (transport != NULL && input_draw (2) == 0)
    mock_transport_push_end (transport, 1000, NULL, FALSE);
  else
    mock_watch_tell (input_draw (PUSHER_N_HINTS));
}

static const struct
{
  guint weight;
  void (*act) (PusherTransport *transport);
} acts[] = {
  { 10, answer },
  { 6, establish },
  { 10, event },
  { 6, member },
  { 3, pong },
  { 3, end },
  { 3, answer_unasked },
  { 2, say_watchlist },
  { 2, user_event },
  { 1, stop_or_go_on_reading },
  { 2, count },
  { 2, error },
  { 2, say_something_odd },
  { 2, say_again },
  { 1, say_something_raw },
  { 1, say_something_huge },
  { 1, mock_transport_push_bad_frame },
  { 3, forget },
};

static void
act_on (PusherTransport *transport)
{
  guint n = 0;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (acts); i++)
    n += acts[i].weight;
  n = input_draw (n);
  for (i = 0; n >= acts[i].weight; i++)
    n -= acts[i].weight;
  acts[i].act (transport);
}

void
server_act (void)
{
  PusherTransport *transport;

  switch (input_draw (8))
    {
    case 0:
      handshake ();
      break;
    case 1:
      close_or_hint ();
      break;
    case 2:
      if (input_chance (64))
        world.prompt = !world.prompt;
      else
        world.key_index = input_draw (N_KEYS);
      break;
    default:
      transport = draw_transport (mock_transport_is_open);
      if (transport != NULL)
        act_on (transport);
      else
        handshake ();
      break;
    }
}

/* --- Peace --------------------------------------------------------------- */

/* Everything that is owed is given, and what cannot be mended begins anew. */
void
server_make_peace (void)
{
  for (guint i = 0; i < world.transports->len; i++)
    {
      PusherTransport *transport = world.transports->pdata[i];
      Model *model = mock_transport_get_model (transport);

      if (world.cramped)
        model_lose (model);
      mock_transport_set_deaf (transport, FALSE);
      if (mock_transport_is_connecting (transport))
        mock_transport_push_open (transport);
      else if (mock_transport_is_closing (transport))
        mock_transport_push_end (transport, 1000, NULL, FALSE);
      else if (mock_transport_is_open (transport) && model->lost)
        mock_transport_push_end (transport, PUSHER_CLOSE_CODE_ABNORMAL, NULL, TRUE);
      else if (mock_transport_is_open (transport) && !model->heard)
        say_established (transport);
      else if (mock_transport_is_open (transport))
        accept_all (transport);
    }
  world.cramped = FALSE;
}

/* One more event, of which the channel shall hear */
void
server_tick (PusherTransport *transport,
             const char      *channel_name)
{
  g_autofree char *sealed = NULL;

  if (g_str_has_prefix (channel_name, "private-encrypted-"))
    sealed = world_encrypt (world.key_index, "\"last\"");
  say (transport, "last", channel_name, sealed != NULL ? sealed : "\"last\"");
}
