/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "raw-client.h"

#include <string.h>

#define GOOD_PATH "/app/test-key?protocol=7&client=raw&version=0.1"

static void
message_cb (SoupWebsocketConnection *websocket,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            RawClient               *self)
{
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    {
      gsize length;
      const char *text = g_bytes_get_data (bytes, &length);

      g_queue_push_tail (self->texts, g_strndup (text, length));
    }
  else
    {
      g_clear_pointer (&self->bytes, g_bytes_unref);
      self->bytes = g_bytes_ref (bytes);
    }
}

static void
error_cb (SoupWebsocketConnection *websocket,
          GError                  *error,
          RawClient               *self)
{
  if (self->error == NULL)
    self->error = g_error_copy (error);
}

static void
closed_cb (SoupWebsocketConnection *websocket,
           RawClient               *self)
{
  self->closed = TRUE;
}

static void
connected_cb (GObject      *session,
              GAsyncResult *result,
              gpointer      user_data)
{
  RawClient *self = user_data;

  self->websocket = soup_session_websocket_connect_finish (SOUP_SESSION (session), result,
                                                           &self->refusal);
  if (self->websocket == NULL)
    return;

  soup_websocket_connection_set_max_incoming_payload_size (self->websocket, 0);
  g_signal_connect (self->websocket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->websocket, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (self->websocket, "closed", G_CALLBACK (closed_cb), self);
}

RawClient *
raw_client_new (guint       port,
                const char *path_and_query)
{
  return raw_client_new_from (port, path_and_query, NULL);
}

/* @origin: (nullable): what pages in a browser say of themselves */
RawClient *
raw_client_new_from (guint       port,
                     const char *path_and_query,
                     const char *origin)
{
  RawClient *self = g_new0 (RawClient, 1);
  g_autofree char *uri = g_strdup_printf ("ws://127.0.0.1:%u%s", port, path_and_query);

  self->texts = g_queue_new ();
  self->session = soup_session_new ();
  self->request = soup_message_new ("GET", uri);
  soup_session_websocket_connect_async (self->session, self->request, origin, NULL,
                                        G_PRIORITY_DEFAULT, NULL, connected_cb, self);

  return self;
}

/* Connects as a client of the protocol does, up to its socket id. */
RawClient *
raw_client_connect (guint port)
{
  RawClient *self = raw_client_new (port, GOOD_PATH);
  g_autofree char *greeting = raw_client_take (self);
  const char *id = strstr (greeting, "socket_id\\\":\\\"");

  g_assert_nonnull (id);
  id += strlen ("socket_id\\\":\\\"");
  self->socket_id = g_strndup (id, strspn (id, "0123456789."));

  return self;
}

void
raw_client_free (RawClient *self)
{
  wait_until (self->websocket != NULL || self->refusal != NULL);

  if (self->websocket != NULL)
    {
      SoupWebsocketConnection *watched = self->websocket;

      if (soup_websocket_connection_get_state (watched) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (watched, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      wait_until (soup_websocket_connection_get_state (watched) == SOUP_WEBSOCKET_STATE_CLOSED);

      g_signal_handlers_disconnect_by_data (watched, self);
      g_object_add_weak_pointer (G_OBJECT (watched), (gpointer *) &watched);
      g_object_unref (self->websocket);
      wait_until (watched == NULL);
    }

  g_queue_free_full (self->texts, g_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->refusal);
  g_clear_error (&self->error);
  g_free (self->socket_id);
  g_object_unref (self->request);
  g_object_unref (self->session);
  g_free (self);
}

void
raw_client_send (RawClient  *self,
                 const char *text)
{
  soup_websocket_connection_send_text (self->websocket, text);
}

/* Returns: (transfer full): the next text message */
char *
raw_client_take (RawClient *self)
{
  wait_until (self->texts->length > 0 || self->closed || self->refusal != NULL);
  g_assert_cmpuint (self->texts->length, >, 0);

  return g_queue_pop_head (self->texts);
}

void
raw_client_expect (RawClient  *self,
                   const char *text)
{
  g_autofree char *got = raw_client_take (self);

  g_assert_cmpstr (got, ==, text);
}

void
raw_client_subscribe (RawClient  *self,
                      const char *channel)
{
  g_autofree char *request = NULL;
  g_autofree char *reply = NULL;

  request = g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"%s\"}}",
                             channel);
  reply = g_strdup_printf ("{\"event\":\"pusher_internal:subscription_succeeded\","
                           "\"channel\":\"%s\",\"data\":\"{}\"}",
                           channel);

  raw_client_send (self, request);
  raw_client_expect (self, reply);
}

/* Waits until the server has dealt with everything that was sent, and checks
 * that it had nothing to say to it. */
void
raw_client_sync (RawClient *self)
{
  raw_client_send (self, "{\"event\":\"pusher:ping\",\"data\":{}}");
  raw_client_expect (self, "{\"event\":\"pusher:pong\",\"data\":{}}");
}

/* @code: 0 if there is no close frame */
void
raw_client_expect_close (RawClient  *self,
                         guint       code,
                         const char *reason)
{
  wait_until (self->closed);

  g_assert_cmpuint (soup_websocket_connection_get_close_code (self->websocket), ==, code);
  g_assert_cmpstr (soup_websocket_connection_get_close_data (self->websocket), ==, reason);
}

/* Returns: the HTTP status; @reply: (nullable) */
static guint
send_request (SoupMessage *message,
              char       **reply)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL,
                                    store_result_cb, &result);
  wait_until (result != NULL);
  body = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);

  if (reply != NULL)
    *reply = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return soup_message_get_status (message);
}

/* @body: (nullable): NULL for a GET */
guint
raw_post (const char *uri,
          const char *body,
          char      **reply)
{
  g_autoptr (SoupMessage) message = soup_message_new (body != NULL ? "POST" : "GET", uri);
  g_autoptr (GBytes) bytes = NULL;

  if (body != NULL)
    {
      bytes = g_bytes_new (body, strlen (body));
      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  return send_request (message, reply);
}

guint
raw_post_form (const char *uri,
               const char *form,
               char      **reply)
{
  g_autoptr (SoupMessage) message =
    soup_message_new_from_encoded_form ("POST", uri, g_strdup (form));

  return send_request (message, reply);
}
