/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The authorizers of the application, which answer in all ways there are. */

#include "application.h"

#include "auth/pusher-secret-authorizer.h"
#include "base/pusher-error.h"
#include "watch.h"
#include "world.h"

static GPtrArray *held; /* of PusherAuthorizationRequest, to be answered later */

/* --- Answers ------------------------------------------------------------- */

static char *
make_auth (PusherAuthorizationRequest *request)
{
  const char *name = pusher_authorization_request_get_channel_name (request);

  return g_strdup_printf ("hush:%s:%s", pusher_authorization_request_get_socket_id (request),
                          name != NULL ? name : "user");
}

static const char *
draw_data (PusherAuthorizationRequest *request)
{
  static const char *const channel_data[] = {
    "{\"user_id\":\"me\"}", NULL, "{\"user_id\":\"2\",\"user_info\":{\"psst\":1}}", "{}",
    "{\"user_id\":7}", "psst",
  };
  static const char *const user_data[] = {
    "{\"id\":\"me\"}", "{\"id\":\"3\",\"watchlist\":[\"1\"]}", NULL, "{\"psst\":1}", "psst",
  };
  const char *name = pusher_authorization_request_get_channel_name (request);

  if (name == NULL)
    return user_data[input_chance (48) ? input_draw (G_N_ELEMENTS (user_data)) : 0];
  if (g_str_has_prefix (name, "presence-"))
    return channel_data[input_chance (96) ? input_draw (G_N_ELEMENTS (channel_data)) : 0];

  return NULL;
}

static char *
draw_shared_secret (PusherAuthorizationRequest *request)
{
  const char *name = pusher_authorization_request_get_channel_name (request);

  if (name == NULL || !g_str_has_prefix (name, "private-encrypted-") || input_chance (8))
    return NULL;

  return input_chance (8) ? g_strdup ("psst")
                          : world_dup_key (input_chance (32) ? input_draw (N_KEYS)
                                                             : world.key_index);
}

static void
complete (PusherAuthorizationRequest *request)
{
  g_autofree char *auth = make_auth (request);
  g_autofree char *shared_secret = draw_shared_secret (request);

  pusher_authorization_request_complete (request, input_chance (8) ? "" : auth,
                                         draw_data (request), shared_secret);
}

static void
complete_json (PusherAuthorizationRequest *request)
{
  static const char *const bodies[] = {
    "", "{}", "{\"auth\":1}", "[]", "{\"auth\":\"psst\"}",
    "{\"auth\":\"psst\",\"channel_data\":\"{\\\"user_id\\\":\\\"4\\\"}\","
    "\"user_data\":\"{\\\"id\\\":\\\"4\\\"}\",\"shared_secret\":"
    "\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}",
  };

  pusher_authorization_request_complete_json (request,
                                              bodies[input_draw (G_N_ELEMENTS (bodies))], NULL);
}

static void
fail (PusherAuthorizationRequest *request)
{
  g_autoptr (GError) error = g_error_new (PUSHER_HTTP_ERROR, 403, "No");

  pusher_authorization_request_fail (request, error);
}

static void
fail_for_now (PusherAuthorizationRequest *request)
{
  g_autoptr (GError) error = g_error_new (PUSHER_HTTP_ERROR, 503, "Later");

  pusher_authorization_request_fail_for_now (request, error);
}

static void
complete_twice (PusherAuthorizationRequest *request)
{
  complete (request);
  complete (request);
}

static void
hold (PusherAuthorizationRequest *request)
{
  if (held->len < 16)
    g_ptr_array_add (held, g_object_ref (request));
}

static void
drop (PusherAuthorizationRequest *request)
{
}

static void
draw_answer (PusherAuthorizationRequest *request)
{
  static void (*const answers[]) (PusherAuthorizationRequest *request) = {
    complete, hold, hold, hold, fail_for_now, complete, fail, complete_json, complete_twice, drop,
    hold,
  };

  answers[input_chance (128) ? input_draw (G_N_ELEMENTS (answers)) : 0](request);
}

/* --- Questions ----------------------------------------------------------- */

static gboolean
authorize_cb (PusherAuthorizer           *authorizer,
              PusherAuthorizationRequest *request,
              gpointer                    user_data)
{
  world_track (request);
  watch_signal (pusher_authorization_request_get_cancellable (request), "cancelled");
  application_hear (0, NULL);
  if (input_chance (8))
    return FALSE;

  draw_answer (request);
  application_hear (0, NULL);

  return TRUE;
}

static PusherAuthorizer *
new_secret_authorizer (void)
{
  g_autofree char *key = world_dup_key (input_draw (N_KEYS));
  PusherSecretAuthorizer *self = pusher_secret_authorizer_new ("psst");

  pusher_secret_authorizer_set_encryption_master_key (self, key, NULL);
  if (input_draw (2) == 0)
    pusher_secret_authorizer_set_channel_data (self, "{\"user_id\":\"5\"}", NULL);
  if (input_draw (2) == 0)
    pusher_secret_authorizer_set_user_data (self, "{\"id\":\"5\"}", NULL);

  return PUSHER_AUTHORIZER (self);
}

/* Returns: (transfer full) */
PusherAuthorizer *
authorizer_new (void)
{
  PusherAuthorizer *self = input_chance (48) ? new_secret_authorizer () : pusher_authorizer_new ();

  world_track (self);
  if (!PUSHER_IS_SECRET_AUTHORIZER (self) || input_chance (64))
    g_signal_connect (self, "authorize", G_CALLBACK (authorize_cb), NULL);

  return self;
}

/* Returns: (transfer full): one that answers well once there is peace */
PusherAuthorizer *
authorizer_new_peaceful (void)
{
  PusherAuthorizer *self = pusher_authorizer_new ();

  world_track (self);
  g_signal_connect (self, "authorize", G_CALLBACK (authorize_cb), NULL);

  return self;
}

/* One of the questions that wait, in any way, once or more */
void
authorizer_answer (void)
{
  guint index = input_draw (MAX (1, held->len));
  g_autoptr (PusherAuthorizationRequest) request = NULL;

  if (held->len == 0)
    return;

  request = g_object_ref (held->pdata[index]);
  if (!input_chance (32))
    g_ptr_array_remove_index (held, index);
  draw_answer (request);
}

/* --- */

/* All questions are answered, and well. */
void
authorizer_make_peace (void)
{
  while (held->len > 0)
    {
      g_autoptr (PusherAuthorizationRequest) request = g_ptr_array_steal_index (held, 0);

      complete (request);
    }
}

void
authorizer_start (void)
{
  held = g_ptr_array_new_with_free_func (g_object_unref);
}

void
authorizer_end (void)
{
  g_ptr_array_unref (held);
}
