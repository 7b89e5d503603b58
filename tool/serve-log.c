/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "serve-log.h"

#include "output.h"

struct _ToolServeLog
{
  PusherTestServer *server;
  ToolJob *job;
  ToolOutputMode mode;
};

/* @name: what @text is, and @json the same; all may be NULL, as may @socket_id */
static void
write_value (ToolServeLog *self,
             const char   *socket_id,
             const char   *what,
             const char   *name,
             const char   *text,
             const char   *json)
{
  g_autofree char *id = socket_id != NULL ? tool_output_quote (socket_id) : NULL;
  g_autoptr (GString) data = g_string_new ("{");
  gboolean is_read;

  if (id != NULL)
    g_string_append_printf (data, "\"socket_id\":%s", id);
  if (json != NULL)
    g_string_append_printf (data, "%s\"%s\":%s", id != NULL ? "," : "", name, json);
  g_string_append_c (data, '}');

  is_read = self->mode == TOOL_OUTPUT_PEOPLE
              ? tool_output_note (self->mode, socket_id, what, text)
              : tool_output_note (self->mode, NULL, what, data->str);
  if (!is_read)
    tool_job_end (self->job, TOOL_STATUS_DONE);
}

static void
write_note (ToolServeLog *self,
            const char   *socket_id,
            const char   *what,
            const char   *name,
            const char   *text)
{
  g_autofree char *quoted = text != NULL ? tool_output_quote (text) : NULL;

  write_value (self, socket_id, what, name, text, quoted);
}

static void
attempt_cb (PusherTestServer *server,
            GParamSpec       *pspec,
            ToolServeLog     *self)
{
  write_note (self, NULL, "connecting", NULL, NULL);
}

static void
connected_cb (PusherTestServer *server,
              const char       *socket_id,
              ToolServeLog     *self)
{
  write_note (self, socket_id, "connected", NULL, NULL);
}

static void
disconnected_cb (PusherTestServer *server,
                 const char       *socket_id,
                 guint             code,
                 ToolServeLog     *self)
{
  g_autofree char *text = g_strdup_printf ("%u", code);

  write_value (self, socket_id, "disconnected", "code", text, text);
}

static void
message_cb (PusherTestServer *server,
            const char       *socket_id,
            const char       *text,
            ToolServeLog     *self)
{
  write_note (self, socket_id, "message", "message", text);
}

static void
subscribed_cb (PusherTestServer *server,
               const char       *socket_id,
               const char       *channel,
               ToolServeLog     *self)
{
  write_note (self, socket_id, "subscribed", "channel", channel);
}

static void
unsubscribed_cb (PusherTestServer *server,
                 const char       *socket_id,
                 const char       *channel,
                 ToolServeLog     *self)
{
  write_note (self, socket_id, "unsubscribed", "channel", channel);
}

static void
violation_cb (PusherTestServer *server,
              const char       *socket_id,
              const char       *what,
              ToolServeLog     *self)
{
  write_note (self, socket_id, "violation", "what", what);
}

static void
auth_requested_cb (PusherTestBackend *backend,
                   const char        *socket_id,
                   const char        *channel,
                   ToolServeLog      *self)
{
  write_note (self, socket_id, "auth-requested", "channel", channel);
}

/* Programs read where the server is. */
static void
write_address (ToolServeLog *self)
{
  g_autofree char *key = tool_output_quote (pusher_test_server_get_key (self->server));
  g_autofree char *data =
    g_strdup_printf ("{\"host\":\"127.0.0.1\",\"port\":%u,\"key\":%s}",
                     pusher_test_server_get_port (self->server), key);

  if (self->mode == TOOL_OUTPUT_JSON)
    tool_output_note (self->mode, NULL, "serving", data);
}

ToolServeLog *
tool_serve_log_new (PusherTestServer *server,
                    ToolJob          *job,
                    gboolean          as_json,
                    gboolean          everything)
{
  ToolServeLog *self = g_new (ToolServeLog, 1);
  PusherTestBackend *backend = pusher_test_server_get_backend (server);

  *self = (ToolServeLog){ g_object_ref (server), job,
                          as_json ? TOOL_OUTPUT_JSON : tool_output_get_default () };
  write_address (self);
  g_signal_connect (server, "violation", G_CALLBACK (violation_cb), self);
  if (!everything)
    return self;

  g_signal_connect (server, "notify::n-attempts", G_CALLBACK (attempt_cb), self);
  g_signal_connect (server, "client-connected", G_CALLBACK (connected_cb), self);
  g_signal_connect (server, "client-disconnected", G_CALLBACK (disconnected_cb), self);
  g_signal_connect (server, "message-received", G_CALLBACK (message_cb), self);
  g_signal_connect (server, "subscribed", G_CALLBACK (subscribed_cb), self);
  g_signal_connect (server, "unsubscribed", G_CALLBACK (unsubscribed_cb), self);
  g_signal_connect (backend, "auth-requested", G_CALLBACK (auth_requested_cb), self);

  return self;
}

void
tool_serve_log_free (ToolServeLog *self)
{
  g_signal_handlers_disconnect_by_data (pusher_test_server_get_backend (self->server), self);
  g_signal_handlers_disconnect_by_data (self->server, self);
  g_object_unref (self->server);
  g_free (self);
}
