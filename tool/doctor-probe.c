/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the peer speaks, if it is not what was expected. */

#include "doctor.h"

#include <string.h>

#define QUESTION "GET / HTTP/1.0\r\n\r\n"
#define ANSWER "HTTP/"

typedef struct
{
  ToolDoctor *doctor;
  ToolDoctorAnswer answer;
  gboolean was_timed_out;
  GSocketConnection *connection;
  GIOStream *tls;
  char buffer[sizeof ANSWER - 1];
} Probe;

static void
end_probe (Probe   *self,
           gboolean answer)
{
  self->doctor->timed_out = self->was_timed_out;
  self->answer (self->doctor, answer);
  g_clear_object (&self->tls);
  g_clear_object (&self->connection);
  g_free (self);
}

static void
begin_probe (ToolDoctor         *doctor,
             ToolDoctorAnswer    answer,
             GAsyncReadyCallback connected_cb)
{
  g_autoptr (GSocketClient) client = NULL;
  Probe *self;

  if (doctor->proxy != NULL)
    {
      answer (doctor, FALSE);
      return;
    }

  self = g_new0 (Probe, 1);
  self->doctor = doctor;
  self->answer = answer;
  self->was_timed_out = doctor->timed_out;
  tool_doctor_renew (doctor);

  client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (doctor->address),
                                 doctor->cancellable, connected_cb, self);
}

static gboolean
take_connection (Probe        *self,
                 GObject      *object,
                 GAsyncResult *result)
{
  self->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, NULL);
  if (self->connection == NULL)
    end_probe (self, FALSE);

  return self->connection != NULL;
}

/* --- HTTP ---------------------------------------------------------------- */

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Probe *self = user_data;
  gsize size = 0;

  g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &size, NULL);
  end_probe (self, size == sizeof self->buffer && memcmp (self->buffer, ANSWER, size) == 0);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Probe *self = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL))
    {
      end_probe (self, FALSE);
      return;
    }

  g_input_stream_read_all_async (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)),
                                 self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT,
                                 self->doctor->cancellable, read_cb, self);
}

static void
connected_for_http_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  Probe *self = user_data;

  if (take_connection (self, object, result))
    g_output_stream_write_all_async (
      g_io_stream_get_output_stream (G_IO_STREAM (self->connection)), QUESTION,
      strlen (QUESTION), G_PRIORITY_DEFAULT, self->doctor->cancellable, written_cb, self);
}

void
tool_doctor_probe_http (ToolDoctor      *self,
                        ToolDoctorAnswer answer)
{
  begin_probe (self, answer, connected_for_http_cb);
}

/* --- TLS ----------------------------------------------------------------- */

static void
shaken_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  end_probe (user_data,
             g_tls_connection_handshake_finish (G_TLS_CONNECTION (object), result, NULL));
}

/* Whose certificate it is does not matter yet. */
static gboolean
accept_cb (GTlsConnection      *connection,
           GTlsCertificate     *certificate,
           GTlsCertificateFlags flaws,
           gpointer             user_data)
{
  return TRUE;
}

static void
connected_for_tls_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  Probe *self = user_data;

  if (!take_connection (self, object, result))
    return;

  self->tls = g_tls_client_connection_new (G_IO_STREAM (self->connection), NULL, NULL);
  if (self->tls == NULL)
    {
      end_probe (self, FALSE);
      return;
    }

  g_signal_connect (self->tls, "accept-certificate", G_CALLBACK (accept_cb), NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (self->tls), G_PRIORITY_DEFAULT,
                                    self->doctor->cancellable, shaken_cb, self);
}

void
tool_doctor_probe_tls (ToolDoctor      *self,
                       ToolDoctorAnswer answer)
{
  begin_probe (self, answer, connected_for_tls_cb);
}
