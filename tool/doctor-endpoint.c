/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the authorization endpoint answers. */

#include "doctor.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "doctor-answer.h"

/* An answer is smaller, and json-glib no danger with so little. */
#define MAX_BODY_SIZE (16 * 1024)

typedef struct
{
  ToolDoctor *doctor;
  SoupMessage *message;
  GInputStream *stream;
  char body[MAX_BODY_SIZE + 1];
} Question;

static void
question_free (Question *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* --- What a status means ------------------------------------------------- */

typedef struct
{
  guint first, last;
  const char *fault;
  const char *advice;
} Meaning;

static const Meaning meanings[] = {
  { 300, 399, "endpoint-redirect",
    N_("Mostly it leads to a page for logging in: send what logs one in, by "
       "PUSHER_AUTH_HEADERS.") },
  { 401, 401, "endpoint-login",
    N_("Send what logs one in, such as “Authorization: Bearer …”, by PUSHER_AUTH_HEADERS.") },
  { 403, 403, "endpoint-forbidden",
    N_("The application does not let this user into the channel: look at who is logged in, and at "
       "its rules for the channel.") },
  { 404, 405, "endpoint-not-found",
    N_("Look at the address of the endpoint, and whether it takes POST.") },
  { 419, 419, "endpoint-csrf",
    N_("Laravel wants its token: send “X-CSRF-TOKEN: …” and the cookies by PUSHER_AUTH_HEADERS, "
       "or use a route without it, with a bearer token.") },
  { 422, 422, "endpoint-invalid", N_("The endpoint wants something else: look at its log.") },
  { 429, 429, "endpoint-rate-limit", N_("Wait; and look at the limits of the endpoint.") },
  { 500, 599, "endpoint-broken", N_("Look at the log of the application.") },
  { 0, G_MAXUINT, "endpoint-status", N_("Look at what the endpoint does.") },
};

static void
explain_status (Question *self,
                guint     status)
{
  const Meaning *meaning = meanings;
  g_autofree char *reason = tool_answer_get_reason (self->body);

  while (status < meaning->first || status > meaning->last)
    meaning++;
  tool_doctor_end (self->doctor, TOOL_OUTCOME_FAILED, meaning->fault, _(meaning->advice),
                   reason != NULL ? _("the endpoint answers with HTTP status %u: %s")
                                  : _("the endpoint answers with HTTP status %u (%s)"),
                   status, reason != NULL ? reason : soup_status_get_phrase (status));
}

/* --- What it answers ----------------------------------------------------- */

static gboolean
is_html (Question *self)
{
  const char *type = soup_message_headers_get_content_type (
    soup_message_get_response_headers (self->message), NULL);

  return (type != NULL && strcmp (type, "text/html") == 0) ||
         g_str_has_prefix (g_strchug (self->body), "<");
}

static void
explain_body (Question *self)
{
  ToolDoctor *doctor = self->doctor;
  ToolAnswerFlaw flaw = tool_answer_check (
    self->body, doctor->settings->key, doctor->settings->secret,
    pusher_client_get_socket_id (doctor->client), tool_doctor_get_private_channel (doctor));

  switch (flaw)
    {
    case TOOL_ANSWER_GOOD:
      tool_doctor_end (doctor, TOOL_OUTCOME_OK, NULL, NULL, "%s", _("the answer is well formed"));
      break;
    case TOOL_ANSWER_NO_JSON:
      tool_doctor_end (doctor, TOOL_OUTCOME_FAILED, "endpoint-no-json",
                       _("It has to answer with {\"auth\": \"KEY:SIGNATURE\"} and nothing else."),
                       "%s", _("the endpoint does not answer with JSON"));
      break;
    case TOOL_ANSWER_NO_AUTH:
      tool_doctor_end (doctor, TOOL_OUTCOME_FAILED, "endpoint-no-auth",
                       _("It has to answer with {\"auth\": \"KEY:SIGNATURE\"}."), "%s",
                       _("the answer of the endpoint has no signature"));
      break;
    case TOOL_ANSWER_OTHER_KEY:
      tool_doctor_end (doctor, TOOL_OUTCOME_FAILED, "endpoint-other-key",
                       _("The endpoint and the client need the key of the same application."),
                       "%s", _("the endpoint signs for another key"));
      break;
    case TOOL_ANSWER_OTHER_SECRET:
      tool_doctor_end (doctor, TOOL_OUTCOME_FAILED, "endpoint-other-secret",
                       _("The secret of the endpoint, or that of the settings, does not belong to "
                         "the key; or it signs for other channel_data than it sends."),
                       "%s", _("the endpoint signs with another secret than the one set here"));
      break;
    case TOOL_ANSWER_BAD_DATA:
    default:
      tool_doctor_end (doctor, TOOL_OUTCOME_FAILED, "wrong-channel-data",
                       _("For a presence channel it has to send the text of a JSON object with a "
                         "user_id."),
                       "%s", _("the channel_data of the endpoint are not what they have to be"));
      break;
    }
}

static void
explain_answer (Question *self)
{
  guint status = soup_message_get_status (self->message);

  tool_report_set_number (self->doctor->report, "status", status);
  tool_report_set_text (self->doctor->report, "content-type",
                        soup_message_headers_get_content_type (
                          soup_message_get_response_headers (self->message), NULL));
  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    explain_status (self, status);
  else if (is_html (self))
    tool_doctor_end (self->doctor, TOOL_OUTCOME_FAILED, "endpoint-html",
                     _("It is a page for people: look at the address of the endpoint, and whether "
                       "one has to log in first."),
                     "%s", _("the endpoint answers with a page of HTML"));
  else
    explain_body (self);
}

/* --- The question -------------------------------------------------------- */

static void
explain_failure (ToolDoctor   *self,
                 const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "endpoint-tls",
                     _("Look at the certificate of the endpoint; one of one's own is trusted with "
                       "--ca-file."),
                     "%s", error->message);
  else if (self->timed_out)
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "endpoint-silent",
                     _("Look whether the application behind it is in trouble."), "%s",
                     _("the endpoint does not answer"));
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "endpoint-unreachable",
                     _("Look at the address of the endpoint, and whether it runs."),
                     _("the endpoint cannot be reached: %s"), error->message);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Question) self = user_data;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &size, &error))
    {
      explain_failure (self->doctor, error);
      return;
    }

  self->body[size] = '\0';
  explain_answer (self);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Question) self = user_data;
  Question *question;
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (self->stream == NULL)
    {
      explain_failure (self->doctor, error);
      return;
    }

  question = g_steal_pointer (&self);
  g_input_stream_read_all_async (question->stream, question->body, MAX_BODY_SIZE,
                                 G_PRIORITY_DEFAULT, question->doctor->cancellable, read_cb,
                                 question);
}

static void
add_headers (SoupMessage *message,
             const char  *headers)
{
  g_auto (GStrv) lines = g_strsplit (headers, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ":", 2);

      if (g_strv_length (parts) == 2)
        soup_message_headers_replace (soup_message_get_request_headers (message),
                                      g_strstrip (parts[0]), g_strstrip (parts[1]));
    }
}

/* As the authorizer of the library does, but a redirect is told instead of followed. */
static SoupMessage *
make_message (ToolDoctor *self)
{
  const ToolSettings *settings = self->settings;
  SoupMessage *message = soup_message_new (SOUP_METHOD_POST, settings->auth_endpoint);
  g_autofree char *form = NULL;
  g_autoptr (GBytes) body = NULL;

  if (message == NULL)
    return NULL;

  form = soup_form_encode ("socket_id", pusher_client_get_socket_id (self->client),
                           "channel_name", tool_doctor_get_private_channel (self), NULL);
  body = g_bytes_new (form, strlen (form));
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "application/json");
  if (settings->auth_headers != NULL)
    add_headers (message, settings->auth_headers);

  return message;
}

void
tool_doctor_check_endpoint (ToolDoctor *self)
{
  g_autofree char *clean = NULL;
  Question *question;

  if (self->settings->auth_endpoint == NULL)
    {
      tool_doctor_end (self, TOOL_OUTCOME_SKIPPED, NULL, NULL, "%s",
                       self->settings->secret != NULL ? _("the secret signs here")
                                                      : _("there is none"));
      return;
    }
  if (pusher_client_get_socket_id (self->client) == NULL)
    {
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "connection-lost",
                       _("Look at the log of the server."), "%s", _("the connection was lost"));
      return;
    }

  clean = tool_doctor_clean_uri (self->settings->auth_endpoint);
  tool_report_note (self->report, _("%s, asked for %s"), clean,
                    tool_doctor_get_private_channel (self));
  tool_report_set_text (self->report, "endpoint", clean);

  question = g_new0 (Question, 1);
  question->doctor = self;
  question->message = make_message (self);
  if (question->message == NULL)
    {
      question_free (question);
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "endpoint-address",
                       _("Look at the address of the endpoint."),
                       _("%s is not the address of an endpoint"), clean);
      return;
    }

  soup_session_send_async (pusher_client_get_session (self->client), question->message,
                           G_PRIORITY_DEFAULT, self->cancellable, answered_cb, question);
}
