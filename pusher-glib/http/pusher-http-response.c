/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-response-private.h"

#include "base/pusher-error.h"
#include "base/pusher-printable-private.h"
#include "json/pusher-json-members-private.h"
#include "protocol/pusher-url-private.h"

#include <glib/gi18n-lib.h>

#define MAX_REDIRECTS 5
#define MAX_RETRY_AFTER G_GINT64_CONSTANT (3600) /* seconds */

/* Statuses with which the same form may be posted elsewhere; 303, for example,
 * means another thing. */
gboolean
pusher_http_status_is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY ||
         status == SOUP_STATUS_FOUND ||
         status == SOUP_STATUS_TEMPORARY_REDIRECT ||
         status == SOUP_STATUS_PERMANENT_REDIRECT;
}

/* Statuses that say more of the endpoint than of what was posted to it. */
gboolean
pusher_http_status_is_of_endpoint (guint status)
{
  return status == PUSHER_HTTP_ERROR_TOO_MANY_REQUESTS ||
         status == SOUP_STATUS_BAD_GATEWAY ||
         status == PUSHER_HTTP_ERROR_SERVICE_UNAVAILABLE ||
         status == SOUP_STATUS_GATEWAY_TIMEOUT;
}

/* Whether the same form may succeed later. */
gboolean
pusher_http_error_may_pass (const GError *error)
{
  if (error->domain == PUSHER_HTTP_ERROR)
    return error->code == PUSHER_HTTP_ERROR_REQUEST_TIMEOUT ||
           error->code == PUSHER_HTTP_ERROR_TOO_MANY_REQUESTS ||
           error->code >= PUSHER_HTTP_ERROR_INTERNAL_SERVER_ERROR;

  return g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE) ||
         g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_TIMEOUT);
}

/* Seconds or a date (RFC 9110, section 10.2.3). In µs, 0 if it is not there. */
gint64
pusher_http_get_retry_after (SoupMessage *message)
{
  const char *value =
    soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;
  gint64 delay;

  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (gint64) MIN (seconds, (guint64) MAX_RETRY_AFTER) * G_USEC_PER_SEC;

  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return 0;

  now = g_date_time_new_now_utc ();
  delay = g_date_time_difference (date, now);

  return CLAMP (delay, 0, MAX_RETRY_AFTER * G_USEC_PER_SEC);
}

gboolean
pusher_http_same_origin (GUri *one,
                         GUri *other)
{
  return g_str_equal (g_uri_get_scheme (one), g_uri_get_scheme (other)) &&
         g_ascii_strcasecmp (g_uri_get_host (one), g_uri_get_host (other)) == 0 &&
         g_uri_get_port (one) == g_uri_get_port (other);
}

static GError *
new_other_origin_error (guint             status,
                        GUri             *there,
                        PusherHttpPurpose purpose)
{
  g_autofree char *origin = pusher_uri_get_origin (there);
  g_autofree char *printable = pusher_printable (origin, PUSHER_PRINTABLE_MAX);

  return g_error_new (PUSHER_HTTP_ERROR, (int) status,
                      purpose == PUSHER_HTTP_FOR_BACKFILL
                        ? _("The store of events redirects to another origin, %s: the request was "
                            "not sent there")
                        : _("The authorization endpoint redirects to another origin, %s: the "
                            "request was not sent there"),
                      printable);
}

static GError *
new_too_many_redirects_error (guint             status,
                              PusherHttpPurpose purpose)
{
  if (purpose == PUSHER_HTTP_FOR_BACKFILL)
    return g_error_new (PUSHER_HTTP_ERROR, (int) status,
                        g_dngettext (GETTEXT_PACKAGE,
                                     "The store of events redirects more than %d time",
                                     "The store of events redirects more than %d times",
                                     MAX_REDIRECTS),
                        MAX_REDIRECTS);

  return g_error_new (PUSHER_HTTP_ERROR, (int) status,
                      g_dngettext (GETTEXT_PACKAGE,
                                   "The authorization endpoint redirects more than %d time",
                                   "The authorization endpoint redirects more than %d times",
                                   MAX_REDIRECTS),
                      MAX_REDIRECTS);
}

/*
 * pusher_http_get_redirect:
 * @n_redirects: that were followed before this one
 *
 * A form goes on to another place of the same origin only: it carries credentials.
 *
 * Returns: (transfer full) (nullable): where to, or %NULL with an error if the redirect is
 *   not to be followed
 */
GUri *
pusher_http_get_redirect (SoupMessage      *message,
                          guint             n_redirects,
                          PusherHttpPurpose purpose,
                          GError          **error)
{
  guint status = soup_message_get_status (message);
  GUri *here = soup_message_get_uri (message);
  const char *location =
    soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autoptr (GUri) there =
    location != NULL ? g_uri_parse_relative (here, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (there == NULL || g_uri_get_host (there) == NULL || *g_uri_get_host (there) == '\0')
    g_set_error_literal (error, PUSHER_HTTP_ERROR, (int) status,
                         purpose == PUSHER_HTTP_FOR_BACKFILL
                           ? _("The store of events redirects to nowhere")
                           : _("The authorization endpoint redirects to nowhere"));
  else if (!pusher_http_same_origin (here, there))
    g_propagate_error (error, new_other_origin_error (status, there, purpose));
  else if (n_redirects >= MAX_REDIRECTS)
    g_propagate_error (error, new_too_many_redirects_error (status, purpose));
  else
    return g_steal_pointer (&there);

  return NULL;
}

/* Of a string, or the first one in an array or an object that is no deeper than that. */
static const char *
get_first_text (JsonNode *node,
                guint     depth)
{
  JsonObject *object = pusher_json_node_get_object (node);
  const char *text = pusher_json_node_get_string (node);

  if (depth == 0)
    return text;

  if (object != NULL)
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, object);
      while (text == NULL && json_object_iter_next_ordered (&iter, NULL, &member))
        text = get_first_text (member, depth - 1);
    }
  else if (node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
           json_array_get_length (json_node_get_array (node)) > 0)
    {
      text = get_first_text (json_array_get_element (json_node_get_array (node), 0), depth - 1);
    }

  return text;
}

/*
 * pusher_http_explain_refusal:
 * @json: (nullable): what an endpoint says
 *
 * Finds what a reader wants to know in `{"message": "…"}` of Laravel and Symfony,
 * `{"error": "…"}`, `{"error": {"message": "…"}}`, `{"errors": ["…"]}`,
 * `{"errors": {"FIELD": ["…"]}}` and the like.
 *
 * Returns: (transfer full) (nullable): fit for an error
 */
char *
pusher_http_explain_refusal (JsonNode *json)
{
  static const char *const members[] = { "message", "error", "errors" };
  JsonObject *object = pusher_json_node_get_object (json);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *member = pusher_json_object_get_member (object, members[i]);
      const char *text =
        pusher_json_object_get_string (pusher_json_node_get_object (member), "message");

      if (text == NULL)
        text = get_first_text (member, 3);
      if (text != NULL && *text != '\0')
        return pusher_printable (text, PUSHER_PRINTABLE_MAX);
    }

  return NULL;
}

/*
 * pusher_http_refusal_new:
 * @json: (nullable): what the endpoint says of it
 *
 * Returns: (transfer full):
 */
GError *
pusher_http_refusal_new (guint             status,
                         JsonNode         *json,
                         PusherHttpPurpose purpose)
{
  g_autofree char *why = pusher_http_explain_refusal (json);

  if (why == NULL)
    return g_error_new (PUSHER_HTTP_ERROR, (int) status,
                        purpose == PUSHER_HTTP_FOR_BACKFILL
                          ? _("The store of events answered with HTTP status %u")
                          : _("The authorization endpoint answered with HTTP status %u"),
                        status);

  return g_error_new (PUSHER_HTTP_ERROR, (int) status,
                      purpose == PUSHER_HTTP_FOR_BACKFILL
                        /* Translators: %s is what the store said. */
                        ? _("The store of events answered with HTTP status %u: %s")
                        /* Translators: %s is what the endpoint said. */
                        : _("The authorization endpoint answered with HTTP status %u: %s"),
                      status, why);
}
